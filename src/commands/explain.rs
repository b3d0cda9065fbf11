use crate::{
    cli::Explain,
    rules::{find, names},
    run::{Context, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>, options: &Explain) -> Result<u8, Failure> {
    let Some(rule) = find(&options.rule) else {
        let near =
            names().into_iter().max_by(|one, other| strsim::jaro_winkler(one, &options.rule).total_cmp(&strsim::jaro_winkler(other, &options.rule)));
        let hint = near
            .filter(|name| strsim::jaro_winkler(name, &options.rule) > 0.8)
            .map_or_else(|| "`lookback rules` lists them".to_owned(), |name| format!("did you mean `{name}`?"));
        return Err(Failure::new(format!("there is no rule `{}`", options.rule), hint));
    };
    context.print(&rule.page())?;
    Ok(FINE)
}
