//! Progress: bars on a terminal, plain lines otherwise.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Sends log lines to stderr: warnings, or what `OPENVACANCY_LOG` asks for.
pub(crate) fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("OPENVACANCY_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}

/// How often a plain line is written.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// One piece of long work shown to a person.
pub(crate) struct Work {
    label: String,
    bar: Option<ProgressBar>,
    done: AtomicU64,
    total: AtomicU64,
    started: Instant,
    last_line: Mutex<Instant>,
}

impl Work {
    /// Begins to show `label`. The total may come later.
    pub(crate) fn start(label: &str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            if let Ok(style) =
                ProgressStyle::with_template("{msg:24} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}")
            {
                bar.set_style(style);
            }
            bar.set_message(label.to_owned());
            bar
        });
        let now = Instant::now();
        Self {
            label: label.to_owned(),
            bar,
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            started: now,
            last_line: Mutex::new(now),
        }
    }

    /// So many of so many are done; 0 = the total is not known.
    pub(crate) fn set(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        match &self.bar {
            Some(bar) => {
                if total > 0 {
                    bar.set_length(total);
                }
                bar.set_position(done);
            }
            None => self.line_now_and_then(),
        }
    }

    fn line_now_and_then(&self) {
        let Ok(mut last) = self.last_line.lock() else { return };
        if last.elapsed() < LINE_EVERY {
            return;
        }
        *last = Instant::now();
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        let of = if total > 0 { format!(" of {total}") } else { String::new() };
        #[expect(clippy::cast_precision_loss, reason = "a rate for reading")]
        let rate = done as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        crate::output::say(&format!("{}: {done}{of}, {rate:.0}/s", self.label));
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
