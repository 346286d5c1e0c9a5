//! Trains the shipped classifier: `cargo run --release -p openvacancy-occupation --example train -- [FOLDER]`.
//!
//! `FOLDER` is `classifiers/soc2020-titles` unless given; it holds `train.toml` and `sheet.csv` and receives the weights.

use openvacancy_occupation::{TrainConfig, train};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "classifiers/soc2020-titles".to_owned());
    let folder = PathBuf::from(folder);
    let shared = openvacancy_reference::beside::shared("").ok_or("the shared data folder is not there")?;
    let config = TrainConfig::read(&folder.join("train.toml"))?;
    let card = train(&config, &folder, &shared)?;
    #[expect(clippy::print_stdout, reason = "a program for people")]
    {
        println!("{}", card.markdown());
    }
    Ok(())
}
