//! Which failures are whose: the user's words (status 2), a closed pipe (no failure), everything else (1).

use std::io;

/// The command was understood, and what it asks contradicts itself or names something that is not there to name.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(pub(crate) String);

/// A wrong usage, as an error.
pub(crate) fn usage(message: impl Into<String>) -> anyhow::Error {
    Usage(message.into()).into()
}

/// 2 where the words of the command are wrong, 1 otherwise.
pub(crate) fn exit_status(error: &anyhow::Error) -> u8 {
    if error.downcast_ref::<Usage>().is_some() { 2 } else { 1 }
}

/// The reader of our output went away, as `head` does: nothing is wrong.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<csv::Error>().is_some_and(|cause| match cause.kind() {
                csv::ErrorKind::Io(cause) => cause.kind() == io::ErrorKind::BrokenPipe,
                _ => false,
            })
    })
}
