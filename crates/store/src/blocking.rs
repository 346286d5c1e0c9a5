//! Runs asynchronous database code to its end on the thread that asks.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use tokio::runtime::Runtime;

/// A small runtime of the store's own: it drives timers, sockets and the clean-up of connections, while each future itself is
/// polled by the thread that wants its result. So a future may borrow from its caller, and no call can fail because
/// another runtime is under way on the same thread, as tokio's own `block_on` would.
pub(crate) struct Blocking {
    runtime: Option<Runtime>,
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl Blocking {
    /// # Errors
    /// Where the operating system gives no thread.
    pub(crate) fn new() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("openvacancy-store")
            .enable_all()
            .build()?;
        Ok(Self { runtime: Some(runtime) })
    }

    /// Waits for `future` on this thread.
    pub(crate) fn wait<F: Future>(&self, future: F) -> F::Output {
        let _entered = self.runtime.as_ref().map(Runtime::enter);
        let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        let mut context = Context::from_waker(&waker);
        // Called from within an async task, that task's cooperative budget would never be refilled while we hold its
        // thread, and every poll would come back pending for ever.
        let mut future = pin!(tokio::task::unconstrained(future));
        loop {
            match future.as_mut().poll(&mut context) {
                Poll::Ready(output) => return output,
                // A wake between the poll and here leaves a token, and `park` returns at once.
                Poll::Pending => std::thread::park(),
            }
        }
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        // Dropping a runtime waits for its threads, which is forbidden inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Blocking;
    use std::time::Duration;

    #[test]
    fn waits_on_any_thread_and_inside_another_runtime() {
        let blocking = Blocking::new().unwrap();
        let nap = || async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            7
        };
        assert_eq!(blocking.wait(nap()), 7);
        let outer = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(outer.block_on(async { blocking.wait(nap()) }), 7);
        outer.block_on(async move { drop(blocking) });
    }

    #[test]
    fn an_exhausted_cooperative_budget_does_not_hang() {
        let blocking = Blocking::new().unwrap();
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for n in 0..10_000 {
            sender.send(n).unwrap();
        }
        let outer = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let last = outer.block_on(async {
            blocking.wait(async {
                let mut last = 0;
                for _ in 0..10_000 {
                    last = receiver.recv().await.unwrap();
                }
                last
            })
        });
        assert_eq!(last, 9_999);
    }
}
