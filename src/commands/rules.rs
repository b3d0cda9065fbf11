use std::fmt::Write as _;

use crate::{
    rules::RULES,
    run::{Context, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>) -> Result<u8, Failure> {
    let mut rules: Vec<_> = RULES.iter().collect();
    rules.sort_by_key(|rule| (rule.group, rule.name));
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut group = None;
    for rule in rules {
        if group != Some(rule.group) {
            let gap = if group.is_some() { "\n" } else { "" };
            let _ = writeln!(text, "{gap}{}", rule.group.name());
            group = Some(rule.group);
        }
        let _ = writeln!(text, "  {:width$}  {:7}  {}", rule.name, rule.level.name(), rule.summary());
    }
    text.push_str("\n`lookback explain RULE` says what a rule asks for, and why.\n");
    context.print(&text)?;
    Ok(FINE)
}
