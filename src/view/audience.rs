use std::fmt::Debug;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Internal {}
    impl Sealed for super::External {}
}

/// A kind of reader. Named external audiences (`public`, `partners`) are data of kind [`External`].
pub trait Audience: sealed::Sealed + Debug + Clone + Copy + Send + Sync + 'static {
    /// Folder of the theme whose templates this kind may use, beside `shared`.
    const TEMPLATES: &'static str;
}

/// Readers inside the organisation.
#[derive(Debug, Clone, Copy)]
pub enum Internal {}

/// Readers outside.
#[derive(Debug, Clone, Copy)]
pub enum External {}

impl Audience for Internal {
    const TEMPLATES: &'static str = "internal";
}

impl Audience for External {
    const TEMPLATES: &'static str = "external";
}
