use std::fmt::Write as _;

use crate::{
    rules::{by_group, names},
    run::{Context, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>) -> Result<u8, Failure> {
    let width = names().iter().map(|name| name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (group, rules) in by_group() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}", group.name());
        for rule in rules {
            let _ = writeln!(text, "  {:width$}  {:7}  {}", rule.name, rule.level.name(), rule.summary());
        }
    }
    text.push_str("\n`lookback explain RULE` says what a rule asks for, and why.\n");
    context.print(&text)?;
    Ok(FINE)
}
