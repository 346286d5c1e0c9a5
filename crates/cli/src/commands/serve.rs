//! `openvacancy serve`: the API and the pages.

use crate::args::Serve;
use crate::context::Context;
use crate::output;
use anyhow::Context as _;
use openvacancy_domain::ports::Store;
use openvacancy_server::{AppState, Terms, router};
use std::sync::Arc;
use tokio::net::TcpListener;

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

pub(super) fn run(context: &Context, words: &Serve) -> anyhow::Result<()> {
    let store = context.existing_store()?;
    let listen = words.listen.as_deref().or(context.config.listen.as_deref()).unwrap_or(DEFAULT_LISTEN);
    serve(state(context, store)?, listen)
}

/// What the service works with. What it may show of single advertisements stands in the portals' files.
pub(super) fn state(context: &Context, store: Arc<dyn Store>) -> anyhow::Result<AppState> {
    let terms = Terms::new(context.portals()?.into_iter().map(|portal| (portal.id, portal.publish)));
    Ok(AppState::new(store, Arc::clone(&context.clock)).with_terms(terms))
}

/// Serves until Ctrl-C or a termination signal; requests under way are answered first.
pub(super) fn serve(state: AppState, listen: &str) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("cannot listen on {listen}; name another address with --listen"))?;
        let address = listener.local_addr()?;
        output::line(&format!("serving http://{address}/ (Ctrl-C ends)"))?;
        axum::serve(listener, router(state)).with_graceful_shutdown(told_to_end()).await?;
        Ok(())
    })
}

/// Ready when the person or the system wants the program to end.
async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
