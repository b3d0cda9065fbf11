//! `lookback.yml`: raw (as written, with spans, unknown keys refused) → [`Settings`] (compiled, defaults filled).

mod appearance;
mod compile;
mod content;
mod defaults;
mod durations;
mod load;
mod raw;
mod schema;
mod settings;

pub use appearance::Appearance;
#[cfg(test)]
pub(crate) use appearance::{DARK, LIGHT};
pub use content::{Content, folder, is_index};
pub use load::{CONFIG_PROBLEM, ConfigError, FILE_NAME};
pub use schema::{configuration_schema, front_matter_schema};
pub use settings::{
    ApprovalKind, Deadline, ExternalAudience, KnownPerson, KnownSection, Privacy, PublishPolicy, Requirement, Retraction, ReviewPolicy, RuleSetting,
    Service, Settings, Severity, Site, Translations,
};
