//! What can go wrong in making a coder, training one and reading labelled files. Coding itself never fails.

use std::path::PathBuf;

/// A failure of the occupation room. The message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum OccupationError {
    /// The full-text index over the titles could not be built in memory.
    #[error("the title index cannot be built: {0}; free some memory and try again")]
    Index(#[from] tantivy::TantivyError),
    /// Classifier weights are not what this program writes.
    #[error("the classifier weights cannot be read: {0}; train again with `openvacancy train`")]
    Weights(String),
    /// A title of an imported index bears a code that the classification does not have.
    #[error("title {title:?} bears {scheme} code {code:?}, which does not exist; import the official index again")]
    UnknownCode {
        /// The title as imported.
        title: String,
        /// The scheme of the code.
        scheme: &'static str,
        /// The code.
        code: String,
    },
    /// Training data or a configuration could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is nothing to learn from.
    #[error("no training data found in {0}; name the folder that holds `reference` and `realdata`")]
    NoTrainingData(PathBuf),
    /// The fit did not succeed.
    #[error("training failed: {0}")]
    Fit(String),
}

impl From<linfa::error::Error> for OccupationError {
    fn from(error: linfa::error::Error) -> Self {
        Self::Fit(error.to_string())
    }
}
