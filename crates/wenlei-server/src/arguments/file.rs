//! The configuration file: which settings it may hold, and how they read as flags.

use clap::CommandFactory;

use super::Arguments;

/// Names of all settings that a file may hold.
pub(super) fn settings() -> Vec<String> {
    let command = Arguments::command();
    let names = command.get_arguments().filter_map(|argument| argument.get_long());
    names.filter(|name| !["config", "print-config"].contains(name)).map(str::to_owned).collect()
}

pub(super) fn is_setting(key: &str) -> bool {
    settings().iter().any(|name| name == key)
}

pub(super) fn is_list(key: &str) -> bool {
    let command = Arguments::command();
    let mut arguments = command.get_arguments().filter(|argument| argument.get_long() == Some(key));
    arguments.any(|argument| argument.get_value_delimiter().is_some())
}

/// A TOML value as it would be typed; a list is typed once an element.
pub(super) fn values(value: &toml::Value) -> impl Iterator<Item = String> {
    let elements = match value {
        toml::Value::Array(elements) => elements.as_slice(),
        other => std::slice::from_ref(other),
    };
    elements.iter().map(|element| element.as_str().map_or_else(|| element.to_string(), str::to_owned))
}
