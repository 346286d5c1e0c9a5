//! Time, so that every run can be repeated: rooms ask a [`Clock`], never the machine.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::sync::atomic::{AtomicI64, Ordering};

/// An instant in UTC. Everything stored is UTC; Europe/London matters only where a day or month ends.
pub type Timestamp = DateTime<Utc>;

/// Gives the present instant.
pub trait Clock: Send + Sync {
    /// The present instant, in UTC.
    fn now(&self) -> Timestamp;

    /// The present calendar day in Europe/London.
    fn today(&self) -> NaiveDate {
        london_date(self.now())
    }
}

/// The calendar day an instant falls on in Europe/London.
#[must_use]
pub fn london_date(at: Timestamp) -> NaiveDate {
    at.with_timezone(&chrono_tz::Europe::London).date_naive()
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Utc::now()
    }
}

/// A clock that shows what it was set to: for tests, and for the demo, whose month is always the same.
#[derive(Debug)]
pub struct FixedClock {
    millis: AtomicI64,
}

impl FixedClock {
    /// A clock that stands at `at` (to the millisecond).
    #[must_use]
    pub fn new(at: Timestamp) -> Self {
        Self { millis: AtomicI64::new(at.timestamp_millis()) }
    }

    /// Sets the clock to `at`.
    pub fn set(&self, at: Timestamp) {
        self.millis.store(at.timestamp_millis(), Ordering::SeqCst);
    }

    /// Moves the clock on by `by`.
    pub fn advance(&self, by: Duration) {
        self.millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        // Only instants that came from a `Timestamp` are stored, so the conversion back always succeeds
        // unless `advance` left the calendar; then the epoch is shown.
        DateTime::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
