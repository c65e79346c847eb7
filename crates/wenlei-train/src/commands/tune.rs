//! `wenlei-train tune`.

use std::path::PathBuf;

use clap::Args;
use wenlei_train::progress::Progress;
use wenlei_train::recipe::Recipe;
use wenlei_train::tune;

/// Try other values for the settings of a recipe.
#[derive(Args)]
pub(crate) struct Tune {
    /// Folder with recipe.toml; its [tune] table lists the values
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

impl Tune {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let recipe = Recipe::read(&self.directory)?;
        let trials = tune::tune(&self.directory, &recipe, Progress::on_terminal())?;
        println!("{:>9} {:>9} {:>9}  change", "log loss", "macro-F1", "exact");
        for trial in trials {
            let change = if trial.change.is_empty() { "the recipe as it is" } else { &trial.change };
            println!("{:>9.5} {:>9.4} {:>9.4}  {change}", trial.log_loss, trial.macro_f1, trial.exact);
        }
        Ok(())
    }
}
