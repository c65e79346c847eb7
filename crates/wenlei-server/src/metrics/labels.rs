//! What counts are kept apart by. Nothing here comes from callers: labels must not grow with what they invent.

use prometheus_client::encoding::EncodeLabelSet;

/// A call by what was called and what came of it.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct CallLabels {
    /// `/package.Service/Method`, or `unknown`.
    pub method: String,
    /// The status code by its name.
    pub code: &'static str,
}

/// A stage of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waiting for a turn on a core.
    Queue,
    /// Splitting a page into articles.
    Split,
    /// Normalising a text.
    Normalize,
    /// Cutting it into words.
    Segment,
    /// Computing its features; for `ExtractFeatures` with the words.
    Features,
    /// Scoring, calibration and explanation.
    Score,
}

impl Stage {
    /// Its name in metrics and traces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Split => "split",
            Self::Normalize => "normalize",
            Self::Segment => "segment",
            Self::Features => "features",
            Self::Score => "score",
        }
    }
}

/// A stage by its name.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct StageLabels {
    /// The name of the stage.
    pub stage: &'static str,
}

/// A model by the name it is served under.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct ModelLabels {
    /// `NAME` or `NAME@LABEL`.
    pub model: String,
}

/// A reload and what came of it.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct ReloadLabels {
    /// `NAME` or `NAME@LABEL`.
    pub model: String,
    /// `swapped`, `unchanged` or `failed`.
    pub outcome: &'static str,
}

/// A model being served.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(super) struct ServedLabels {
    pub(super) model: String,
    pub(super) digest: String,
}

/// The program.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(super) struct BuildLabels {
    pub(super) version: &'static str,
}
