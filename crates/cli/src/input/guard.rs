//! Runs foreign code over foreign bytes: a panic in it becomes an error of the file.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Answers what `work` answers, or the words of its panic.
///
/// The Parquet decoder checks most of what it reads, but a damaged file can still break an assertion or an index of it
/// (a negative length in the footer does). Whatever `work` held must not be used again after an error.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // A bad file is told in one line by whoever reads it, not by a trace.
            if !GUARDED.get() {
                before(panic);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    outcome.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("the data contradicts itself ({})", words.unwrap_or("no further word")))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a panic is what is tested")]

    use super::guarded;

    #[test]
    fn a_panic_is_an_error_with_its_words() {
        assert_eq!(guarded(|| Ok(7)), Ok(7));
        assert_eq!(guarded::<()>(|| Err("no".to_owned())), Err("no".to_owned()));
        let outcome = guarded::<()>(|| panic!("length {}", -1));
        assert_eq!(outcome, Err("the data contradicts itself (length -1)".to_owned()));
    }
}
