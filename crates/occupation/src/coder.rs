//! The coder: cleaning, table, index, classifier and ranking behind one port.

mod answer;
mod candidates;

use crate::OccupationError;
use crate::classifier::Model;
use crate::clean::clean;
use crate::index::TitleIndex;
use crate::rank::Ranking;
use crate::table::{Table, Title, unit_groups};
use openvacancy_domain::ports::CodeOccupation;
use openvacancy_domain::{CodingContext, OccupationCoding};

pub(crate) use candidates::{Candidate, Candidates};

/// The weights this program ships with; `classifiers/soc2020-titles/MODEL_CARD.md` says how they were made.
const WEIGHTS: &[u8] = include_bytes!("../../../classifiers/soc2020-titles/weights.bin");
const RANKING: &str = include_str!("../../../classifiers/soc2020-titles/rank.json");

/// Codes job titles to SOC 2020, SOC 2010 and ISCO-08. Make one and share it: coding takes `&self`.
#[derive(Debug)]
pub struct Coder {
    pub(crate) table: Table,
    pub(crate) index: TitleIndex,
    pub(crate) model: Model,
    pub(crate) ranking: Ranking,
    version: String,
}

impl Coder {
    /// The built-in coder: built-in titles and shipped weights.
    ///
    /// # Errors
    /// Where the title index cannot be built in memory.
    pub fn builtin() -> Result<Self, OccupationError> {
        Self::with_titles(Vec::new())
    }

    /// The built-in coder with the titles of an imported index beside its own.
    ///
    /// # Errors
    /// Where a title bears a code that does not exist, or the title index cannot be built in memory.
    pub fn with_titles(extra: Vec<Title>) -> Result<Self, OccupationError> {
        let imported = extra.len();
        Self::assemble(
            Table::new(extra)?,
            Model::unpack(WEIGHTS, unit_groups().len())?,
            Ranking::from_json(RANKING)?,
            imported,
        )
    }

    /// A coder with other weights, for training and for comparing models.
    ///
    /// # Errors
    /// As [`Coder::with_titles`], or where the weights are unreadable.
    pub fn with_weights(weights: &[u8], ranking: Ranking) -> Result<Self, OccupationError> {
        Self::assemble(Table::new(Vec::new())?, Model::unpack(weights, unit_groups().len())?, ranking, 0)
    }

    fn assemble(table: Table, model: Model, ranking: Ranking, imported: usize) -> Result<Self, OccupationError> {
        let index = TitleIndex::new(&table)?;
        let mut digest = Digest::new();
        digest.eat(WEIGHTS);
        for weight in &ranking.weights {
            digest.eat(&weight.to_le_bytes());
        }
        let mut version = format!(
            "{} tables {} weights {:08x}",
            env!("CARGO_PKG_VERSION"),
            openvacancy_reference::version(),
            digest.short()
        );
        if imported > 0 {
            version.push_str(&format!(" with {imported} imported titles"));
        }
        Ok(Self { table, index, model, ranking, version })
    }

    pub(crate) fn candidates(&self, title: &str, context: &CodingContext<'_>, hidden: Option<&[String]>) -> Candidates {
        Candidates::gather(self, clean(title, context.location), context, hidden)
    }
}

impl CodeOccupation for Coder {
    fn code(&self, title: &str, context: &CodingContext<'_>) -> OccupationCoding {
        answer::answer(self, &self.candidates(title, context, None))
    }

    fn version(&self) -> &str {
        &self.version
    }
}

/// FNV-1a over the weights: names them, protects nothing.
struct Digest(u64);

impl Digest {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn eat(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    const fn short(&self) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "the folded lower half is wanted")]
        let short = (self.0 ^ (self.0 >> 32)) as u32;
        short
    }
}
