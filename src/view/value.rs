use std::sync::Arc;

use minijinja::{
    Value,
    value::{Enumerator, Object},
};

/// A plain value that a template can read. Implemented by hand for what views hold; no type of [`crate::model`] has it.
pub trait TemplateValue {
    /// The value as templates see it: `None` is `none`, never undefined.
    fn template_value(&self) -> Value;
}

/// A map for templates. Names of fields that Rust must write as `r#type` lose that mark.
pub fn map(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::from_object(Fields(pairs.into_iter().map(|(key, value)| (key.strip_prefix("r#").unwrap_or(key), value)).collect()))
}

/// A map with a handful of keys that are known when lookback is compiled. Pages are made of thousands of these, and a search along a short list
/// costs less than a tree with allocated keys.
#[derive(Debug)]
struct Fields(Vec<(&'static str, Value)>);

impl Object for Fields {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        // As in any map, the last of two equal keys wins.
        self.0.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.iter().map(|(name, _)| Value::from(*name)).collect())
    }
}

macro_rules! by_copy {
    ($($type:ty),*) => {
        $(impl TemplateValue for $type {
            fn template_value(&self) -> Value {
                Value::from(*self)
            }
        })*
    };
}

by_copy!(bool, usize, i64, u64, f64);

impl TemplateValue for String {
    fn template_value(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl<T: TemplateValue> TemplateValue for Option<T> {
    fn template_value(&self) -> Value {
        self.as_ref().map_or(Value::from(()), TemplateValue::template_value)
    }
}

impl<T: TemplateValue> TemplateValue for Vec<T> {
    fn template_value(&self) -> Value {
        self.iter().map(TemplateValue::template_value).collect()
    }
}

/// Declares structs of plain public fields that are template values, with the list of their keys.
macro_rules! template_structs {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq)]
            #[allow(unreachable_pub, reason = "one macro for the values that views hand out and those that stay in a page")]
            pub struct $name {
                $($(#[$field_meta])* pub $field: $type,)*
            }

            impl $name {
                /// Every key that a template can read.
                #[cfg(test)]
                #[allow(dead_code, reason = "only the external side is held to a list")]
                pub(in crate::view) const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];
            }

            impl $crate::view::TemplateValue for $name {
                fn template_value(&self) -> minijinja::Value {
                    $crate::view::map([$((stringify!($field), $crate::view::TemplateValue::template_value(&self.$field))),*])
                }
            }
        )*
    };
}

pub(super) use template_structs;
