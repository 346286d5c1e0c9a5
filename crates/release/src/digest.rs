//! The digest of a release: the same data, the same digest, on every machine.

use openvacancy_domain::ports::ReleaseVacancy;
use openvacancy_domain::{Observation, RunId};
use sha2::{Digest as _, Sha256};

/// SHA-256 over rows as JSON lines: vacancies in id order, then observations in their order. The number of the
/// run that made a row is left out, for a second run over the same data bears another number.
#[derive(Default)]
pub(crate) struct Digest(Sha256);

impl Digest {
    pub(crate) fn vacancy(&mut self, row: &ReleaseVacancy) -> Result<(), serde_json::Error> {
        if row.vacancy.run_id == RunId(0) {
            return self.line(row);
        }
        let mut plain = row.clone();
        plain.vacancy.run_id = RunId(0);
        self.line(&plain)
    }

    pub(crate) fn observation(&mut self, row: &Observation) -> Result<(), serde_json::Error> {
        self.line(row)
    }

    fn line(&mut self, row: &impl serde::Serialize) -> Result<(), serde_json::Error> {
        self.0.update(serde_json::to_vec(row)?);
        self.0.update(b"\n");
        Ok(())
    }

    pub(crate) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
