//! Works the queue off: so many pages at a time, each kept soon after it was read.

use super::keep::{LISTING_INCOMPLETE, Pending};
use super::visit::{Visited, visit};
use super::{Round, blocking};
use crate::CollectError;
use openvacancy_domain::ports::{FrontierItem, PageKind};
use openvacancy_domain::{Problem, RunState};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Where the pages come from.
pub(super) enum Queue {
    /// The store's frontier.
    Frontier,
    /// These and no others.
    Fixed(VecDeque<FrontierItem>),
}

/// The queue while it is worked off.
struct Work {
    queue: Queue,
    ready: VecDeque<FrontierItem>,
    tasks: JoinSet<Result<Visited, CollectError>>,
    /// Addresses on their way or read and not yet kept.
    taken: BTreeSet<String>,
    pending: Vec<Pending>,
    keep_at: Option<Instant>,
    /// The store may hold pages we have not seen.
    dirty: bool,
    /// Pages that used up their tries; they stay in the store's queue until the round ends.
    exhausted: u32,
}

impl Round<'_> {
    pub(super) async fn drain(&mut self, queue: Queue) -> Result<(), CollectError> {
        let mut work = Work {
            queue,
            ready: VecDeque::new(),
            tasks: JoinSet::new(),
            taken: BTreeSet::new(),
            pending: Vec::new(),
            keep_at: None,
            dirty: true,
            exhausted: 0,
        };
        loop {
            self.check_halt();
            if !self.halt.is_cancelled() {
                self.refill(&mut work).await?;
                self.dispatch(&mut work);
            }
            if work.tasks.is_empty() {
                if !work.pending.is_empty() {
                    self.flush(&mut work).await?;
                } else if self.halt.is_cancelled() || (work.ready.is_empty() && !work.dirty) {
                    return Ok(());
                }
                continue;
            }
            let keep_at = work.keep_at.unwrap_or_else(Instant::now);
            tokio::select! {
                Some(done) = work.tasks.join_next() => self.take(&mut work, done??).await?,
                () = tokio::time::sleep_until(keep_at), if work.keep_at.is_some() => self.flush(&mut work).await?,
                () = self.cancel.cancelled(), if !self.halt.is_cancelled() => {}
            }
            if work.pending.len() >= self.shared.settings.batch {
                self.flush(&mut work).await?;
            }
        }
    }

    /// Stops where a person asks or today's budget is used up.
    fn check_halt(&mut self) {
        if self.report.stopped.is_some() {
            return;
        }
        if self.cancel.is_cancelled() {
            self.stop(RunState::Interrupted, "interrupted; it goes on here the next time".to_owned());
        } else if let Some(budget) = self.budget.filter(|budget| self.shared.client.counted().0 >= *budget) {
            let message = format!("today's budget is used up ({budget} requests were left); it goes on tomorrow");
            self.stop(RunState::Interrupted, message);
        }
    }

    async fn refill(&mut self, work: &mut Work) -> Result<(), CollectError> {
        if !work.ready.is_empty() || !work.dirty {
            return Ok(());
        }
        work.dirty = false;
        if let Queue::Fixed(items) = &mut work.queue {
            work.ready = std::mem::take(items);
            return Ok(());
        }
        let wanted = self.shared.settings.batch.max(16) * 4 + work.taken.len() + work.exhausted as usize;
        let limit = u32::try_from(wanted).unwrap_or(u32::MAX);
        let shared = Arc::clone(&self.shared);
        let queued = blocking(move || Ok(shared.store.queued(shared.portal(), limit)?)).await?;
        let tries = self.shared.settings.max_attempts;
        work.exhausted = u32::try_from(queued.iter().filter(|item| item.attempts >= tries).count()).unwrap_or(u32::MAX);
        work.ready =
            queued.into_iter().filter(|item| item.attempts < tries && !work.taken.contains(&item.url)).collect();
        Ok(())
    }

    fn dispatch(&mut self, work: &mut Work) {
        let mut room = self.shared.spec.rate.concurrency as usize;
        if let Some(budget) = self.budget {
            // No more on their way than today's budget has left.
            let left = budget.saturating_sub(self.shared.client.counted().0);
            room = room.min(usize::try_from(left).unwrap_or(usize::MAX));
        }
        while work.tasks.len() < room
            && let Some(item) = work.ready.pop_front()
        {
            work.taken.insert(item.url.clone());
            work.tasks.spawn(visit(Arc::clone(&self.shared), item));
        }
    }

    async fn take(&mut self, work: &mut Work, visited: Visited) -> Result<(), CollectError> {
        let pending = match visited {
            Visited::Read(page) => Pending::Page(page),
            Visited::Disallowed(item) => {
                self.report.disallowed += 1;
                let mut problems = Vec::new();
                if self.shared.spec.start_urls().iter().any(|start| start.as_str() == item.url) {
                    let message = "robots.txt forbids a page the round begins with";
                    problems.push(Problem::new(LISTING_INCOMPLETE, item.url.clone(), message));
                }
                Pending::Without(item, problems)
            }
            Visited::Unusable(item, problem) => {
                let mut problems = vec![problem];
                if item.kind == PageKind::Listing {
                    let message = "a page of the listing cannot be fetched";
                    problems.push(Problem::new(LISTING_INCOMPLETE, item.url.clone(), message));
                }
                Pending::Without(item, problems)
            }
            Visited::Later(item, reason) => return self.later(work, item, reason).await,
            Visited::Paused(item) => {
                work.taken.remove(&item.url);
                work.ready.push_front(item);
                return Ok(());
            }
            Visited::Stop { reason, member } => {
                self.stop(RunState::Failed, reason);
                match member {
                    Some((bytes, at)) => Pending::Bytes(bytes, at),
                    None => return Ok(()),
                }
            }
            // The page stays in the store's queue.
            Visited::Cancelled => return Ok(()),
        };
        work.pending.push(pending);
        work.keep_at.get_or_insert_with(|| Instant::now() + self.shared.settings.batch_delay);
        Ok(())
    }

    /// A failed try. The page goes to the end of the queue, or, after all its tries, stays there unvisited.
    async fn later(&mut self, work: &mut Work, item: FrontierItem, reason: String) -> Result<(), CollectError> {
        work.taken.remove(&item.url);
        let attempts = item.attempts + 1;
        if let Queue::Fixed(items) = &mut work.queue {
            if attempts < self.shared.settings.max_attempts {
                items.push_back(FrontierItem { attempts, ..item });
                work.dirty = true;
                return Ok(());
            }
        } else {
            let (shared, url) = (Arc::clone(&self.shared), item.url.clone());
            blocking(move || Ok(shared.store.retry_later(shared.portal(), &url)?)).await?;
            work.dirty = true;
            if attempts < self.shared.settings.max_attempts {
                return Ok(());
            }
        }
        self.report.given_up += 1;
        self.report.problems += 1;
        let message = format!("given up after {attempts} tries: {reason}");
        let problem = Problem::new("not_fetched", item.url, message);
        let (shared, run) = (Arc::clone(&self.shared), self.run);
        blocking(move || Ok(shared.store.add_problems(run, &[problem])?)).await
    }

    async fn flush(&mut self, work: &mut Work) -> Result<(), CollectError> {
        let pending = std::mem::take(&mut work.pending);
        let kept: Vec<String> = pending
            .iter()
            .filter_map(|waiting| match waiting {
                Pending::Page(page) => Some(page.item.url.clone()),
                Pending::Without(item, _) => Some(item.url.clone()),
                Pending::Bytes(..) => None,
            })
            .collect();
        self.keep(pending).await?;
        for url in &kept {
            work.taken.remove(url);
        }
        work.keep_at = None;
        if matches!(work.queue, Queue::Frontier) {
            work.dirty = true;
        }
        self.tell(work.ready.len() + work.tasks.len());
        Ok(())
    }
}
