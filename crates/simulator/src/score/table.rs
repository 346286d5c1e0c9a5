//! Shows a score as an aligned table.

use super::Score;
use std::fmt;

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<13} {:<26} {:>7} {:>7} {:>7} {:>8} {:>10} {:>7}",
            "stage", "measure", "to find", "given", "right", "recall", "precision", "F1"
        )?;
        let mut last = "";
        for measure in &self.measures {
            let stage = if measure.stage == last { "" } else { measure.stage };
            last = measure.stage;
            writeln!(
                f,
                "{stage:<13} {:<26} {:>7} {:>7} {:>7} {:>8} {:>10} {:>7}",
                measure.name,
                measure.of,
                measure.given,
                measure.right,
                percent(measure.recall()),
                percent(measure.precision()),
                percent(measure.f1()),
            )?;
        }
        Ok(())
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{:.1}%", share * 100.0))
}
