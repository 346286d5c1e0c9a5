//! A host as we keep faith with it: rate, concurrency, pauses it asked for, patience after failures.

use super::robots::Robots;
use crate::{Cancel, Settings};
use governor::{DefaultDirectRateLimiter, Jitter, Quota, RateLimiter};
use openvacancy_portal::RateSpec;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Requests are evenly spaced up to this rate; above it (loopback only) timers are too coarse, and a twentieth of a
/// second's requests may go together.
const SPACED_UP_TO: f64 = 20.0;

/// A host as we keep faith with it.
#[derive(Debug)]
pub(super) struct Host {
    limiter: DefaultDirectRateLimiter,
    slots: Arc<Semaphore>,
    jitter: Duration,
    patience: Mutex<Patience>,
}

#[derive(Debug, Default)]
struct Patience {
    until: Option<Instant>,
    failures: u32,
    refusals: u32,
}

impl Host {
    /// Keeps to the slower of what portal.toml promises and what robots.txt asks.
    pub(super) fn new(rate: &RateSpec, robots: Option<&Robots>) -> Self {
        let promised = Duration::from_secs_f64(1.0 / rate.requests_per_second.max(0.000_1));
        let asked = robots.and_then(Robots::delay);
        let period = asked.map_or(promised, |asked| asked.max(promised)).max(Duration::from_nanos(1));
        let per_second = 1.0 / period.as_secs_f64();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and 5000: rates are at most 100000"
        )]
        let burst = if per_second <= SPACED_UP_TO { 1 } else { (per_second / 20.0).clamp(1.0, 5_000.0) as u32 };
        let quota = Quota::with_period(period).unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN));
        let limiter = RateLimiter::direct(quota.allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN)));
        // Who asks for a delay wants one request at a time.
        let slots = if asked.is_some() { 1 } else { rate.concurrency.clamp(1, 256) as usize };
        let jitter = if per_second <= SPACED_UP_TO { period / 10 } else { Duration::ZERO };
        Self { limiter, slots: Arc::new(Semaphore::new(slots)), jitter, patience: Mutex::default() }
    }

    /// Waits until a request may be made. `None` where the round is to stop.
    pub(super) async fn turn(&self, cancel: &Cancel) -> Option<OwnedSemaphorePermit> {
        let wait = async {
            let slot = Arc::clone(&self.slots).acquire_owned().await.ok()?;
            loop {
                if let Some(until) = self.paused_until() {
                    tokio::time::sleep_until(until).await;
                    continue;
                }
                self.limiter.until_ready_with_jitter(Jitter::up_to(self.jitter)).await;
                // A pause may have been asked for while this request waited for its turn.
                if self.paused_until().is_none() {
                    return Some(slot);
                }
            }
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => None,
            slot = wait => slot,
        }
    }

    /// Takes one request off the rate without waiting: the one for robots.txt, made before the rate was known.
    pub(super) fn count_one(&self) {
        let _ = self.limiter.check();
    }

    /// All is well again.
    pub(super) fn succeeded(&self) {
        let mut patience = self.patience();
        (patience.failures, patience.refusals) = (0, 0);
    }

    /// A failure: the next request waits, twice as long each time. True where patience is at its end.
    pub(super) fn failed(&self, settings: &Settings) -> bool {
        let mut patience = self.patience();
        patience.failures += 1;
        let doubled = settings.backoff.saturating_mul(1 << (patience.failures - 1).min(16));
        let until = Instant::now() + doubled.min(settings.max_pause);
        patience.until = Some(patience.until.map_or(until, |before| before.max(until)));
        patience.failures >= settings.max_failures
    }

    /// The host asks us to wait. The error says why we leave instead.
    pub(super) fn paused(&self, asked: Option<Duration>, settings: &Settings) -> Result<(), String> {
        let mut patience = self.patience();
        patience.refusals += 1;
        if patience.refusals >= settings.max_refusals {
            return Err(format!("it answered 'too many requests' {} times in a row", patience.refusals));
        }
        let wait = asked.unwrap_or_else(|| settings.pause_unasked.saturating_mul(patience.refusals));
        if wait > settings.max_pause {
            return Err(format!("it asks to be left alone for {} seconds; run again after that", wait.as_secs()));
        }
        let until = Instant::now() + wait;
        patience.until = Some(patience.until.map_or(until, |before| before.max(until)));
        Ok(())
    }

    fn paused_until(&self) -> Option<Instant> {
        self.patience().until.filter(|until| *until > Instant::now())
    }

    fn patience(&self) -> std::sync::MutexGuard<'_, Patience> {
        // Plain numbers: whoever panicked while holding them left them whole.
        self.patience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
