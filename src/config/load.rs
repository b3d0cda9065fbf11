use super::{Settings, compile::Compiler, raw::RawConfig};
use crate::{
    findings::Problem,
    text::{Source, Span},
    yaml,
};

/// Name of the configuration file at the repository root.
pub const FILE_NAME: &str = "lookback.yml";

/// What is wrong with a configuration, each problem with its place.
#[derive(Debug, thiserror::Error)]
#[error("{} is not a valid configuration", .source_text.path())]
pub struct ConfigError {
    /// The configuration file.
    pub source_text: Source,
    /// At least one problem.
    pub problems: Vec<Problem>,
}

/// The rule name under which configuration problems are printed.
pub const CONFIG_PROBLEM: &str = "configuration";

impl Settings {
    /// Reads a configuration. `known_rules` are the names that `rules:` may hold, `guards` those of them that can't be turned off or softened.
    ///
    /// # Errors
    /// Text that is no YAML, unknown keys (with "did you mean"), and values that mean nothing; all with their places.
    pub fn load(source: &Source, known_rules: &[&str], guards: &[&str]) -> Result<Self, ConfigError> {
        let fail = |problems| ConfigError { source_text: source.clone(), problems };
        let bom = if source.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let node = yaml::parse(source.text().get(bom..).unwrap_or_default()).map_err(|error| {
            let problem = Problem::new(CONFIG_PROBLEM, error.span.shifted(bom), error.message);
            fail(vec![Problem { help: error.help, ..problem }])
        })?;
        let spans = node.spans();
        let value = if node.is_null() { serde_yaml::Value::Mapping(serde_yaml::Mapping::default()) } else { node.to_value() };
        let raw: RawConfig = serde_path_to_error::deserialize(value).map_err(|error| {
            let path = error.path().to_string();
            let message = error.into_inner().to_string();
            fail(vec![decoding_problem(&path, &message, &spans, bom)])
        })?;
        let mut compiler = Compiler::new(&spans, bom, known_rules, guards);
        let settings = compiler.compile(raw);
        if compiler.problems.is_empty() { Ok(settings) } else { Err(fail(compiler.problems)) }
    }
}

/// Turns serde's message into ours: the key for an unknown key, the value for everything else.
fn decoding_problem(path: &str, message: &str, spans: &std::collections::BTreeMap<String, Span>, shift: usize) -> Problem {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, [unknown, expected @ ..]) = (message.starts_with("unknown field"), quoted.as_slice()) {
        let nested = format!("{path}.{unknown}#key");
        let span = [nested.as_str(), &format!("{path}#key"), &format!("{unknown}#key")].iter().find_map(|key| spans.get(*key)).copied();
        let problem = Problem::new(CONFIG_PROBLEM, span.unwrap_or_default().shifted(shift), format!("unknown key `{unknown}`"));
        return problem.help(super::compile::did_you_mean(unknown, expected));
    }
    let span = spans.get(path).or_else(|| spans.get(".")).copied().unwrap_or_default();
    let name = if path == "." { "the configuration".to_owned() } else { format!("`{path}`") };
    let message = match message {
        untagged if untagged.contains("did not match any variant") => "has a shape that is not known here",
        other => other,
    };
    Problem::new(CONFIG_PROBLEM, span.shifted(shift), format!("{name}: {message}"))
}
