//! `openvacancy train`: the occupation classifier from files to weights and a model card.

use crate::args::Train;
use crate::failure::usage;
use crate::output;
use openvacancy_occupation::{TrainConfig, train};

/// The training configuration, beside the weights it makes.
const CONFIG: &str = "train.toml";

pub(super) fn run(words: &Train) -> anyhow::Result<()> {
    let config = words.output.join(CONFIG);
    if !config.is_file() {
        return Err(usage(format!(
            "{} is not there; run this in a checkout, or name a folder that holds {CONFIG} with --output",
            config.display()
        )));
    }
    let card = train(&TrainConfig::read(&config)?, &words.output, &words.data)?;
    output::line(card.markdown().trim_end())?;
    output::line(&format!("weights and model card are in {}; a new build takes them in", words.output.display()))
}
