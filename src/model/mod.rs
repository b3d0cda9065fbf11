//! The postmortem as people in the field speak of it, free of Markdown, YAML, git and HTML.
//!
//! Nothing here can become a template value or be serialised: what an audience may see is copied field by field in
//! [`crate::view`].

mod action;
mod field;
mod impact;
mod metrics;
mod moment;
mod person;
mod postmortem;
mod times;

pub use action::{Action, ActionKind, ActionStatus};
pub use field::{Field, Origin};
pub use impact::{Impact, ImpactLevel};
pub use metrics::Metrics;
pub use moment::{Moment, Precision, ZoneSource};
pub use person::Person;
pub use postmortem::{Detection, ExternalBlock, FRONT_MATTER_KEYS, Link, Postmortem, SeverityValue, Status};
pub use times::{Milestone, Times};
