//! `lookback.yml`: raw (as written, with spans, unknown keys refused) → [`Settings`] (compiled, defaults filled).

mod content;
mod defaults;
mod settings;

pub use content::{Content, folder, is_index};
pub use settings::{
    ApprovalKind, Deadline, ExternalAudience, KnownPerson, KnownSection, Privacy, PublishPolicy, Requirement, ReviewPolicy, RuleSetting, Service,
    Settings, Severity, Site,
};
