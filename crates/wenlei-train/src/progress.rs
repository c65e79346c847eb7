//! Progress bars on standard error, where somebody is looking.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Makes bars, or hides them.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    visible: bool,
}

impl Progress {
    /// Bars that show on a terminal and stay away from files and pipes.
    pub fn on_terminal() -> Self {
        Self { visible: true }
    }

    /// No bars.
    pub fn hidden() -> Self {
        Self { visible: false }
    }

    /// A bar of `steps` steps.
    ///
    /// # Panics
    /// Never: the template is fixed.
    pub fn bar(self, name: &'static str, steps: u64) -> ProgressBar {
        let target = if self.visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{prefix:>18} {wide_bar} {pos}/{len} {elapsed}");
        ProgressBar::with_draw_target(Some(steps), target)
            .with_style(style.expect("a valid template"))
            .with_prefix(name)
    }
}
