//! Which models are served.

use std::path::PathBuf;

use super::checker::Checker;

/// A model to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelSource {
    /// The name to serve it under; the model's own name when not given.
    pub name: Option<String>,
    /// Tells it from others of its name; empty when not given.
    pub label: String,
    /// Its file, or a directory with `model.safetensors`.
    pub path: PathBuf,
}

impl ModelSource {
    /// Reads `[NAME[@LABEL]=]PATH`.
    pub(super) fn check(checker: &mut Checker, typed: &str) -> Self {
        let (name, path) = typed.split_once('=').map_or((None, typed), |(name, path)| (Some(name), path));
        let (name, label) = name
            .map_or((None, ""), |name| name.split_once('@').map_or((Some(name), ""), |(n, l)| (Some(n), l)));
        if name == Some("") || label.contains('@') {
            checker.wrong("model", typed, "not of the form NAME=FILE or NAME@LABEL=FILE");
        }
        if !PathBuf::from(path).exists() {
            checker.wrong("model", typed, "no such file");
        }
        Self { name: name.map(str::to_owned), label: label.to_owned(), path: path.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_may_have_a_name_and_a_label() {
        let source = |typed| ModelSource::check(&mut Checker::default(), typed);
        let (name, label) = (Some("news".to_owned()), "canary".to_owned());
        assert_eq!(source("news@canary=/dev/null"), ModelSource { name, label, path: "/dev/null".into() });
        assert_eq!(source("/dev/null").name, None);
    }
}
