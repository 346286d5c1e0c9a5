//! Serves the pretend portals over HTTP on loopback, one port each.

mod conditional;
mod log;
mod switches;

pub use log::Request;
pub use switches::Refusal;

use crate::error::SimulatorError;
use crate::pages;
use crate::portal::Portal;
use crate::world::World;
use axum::Router;
use axum::extract::{Request as HttpRequest, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use log::RequestLog;
use openvacancy_domain::PortalId;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use switches::Switches;
use tokio::sync::oneshot;

/// The pretend portals, listening. They stop when this is dropped.
///
/// They run on a thread of their own, so that they can be started from sync and async code alike.
#[derive(Debug)]
pub struct Simulator {
    world: Arc<World>,
    sites: [Arc<Site>; 3],
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Site {
    portal: Portal,
    address: SocketAddr,
    world: Arc<World>,
    log: RequestLog,
    switches: Switches,
}

impl Simulator {
    /// Starts one server per portal on ports the system chooses.
    ///
    /// # Errors
    /// [`SimulatorError`] where a port or the thread cannot be had.
    pub fn start(world: Arc<World>) -> Result<Self, SimulatorError> {
        Self::start_at(world, [0, 0, 0])
    }

    /// Starts one server per portal on these ports of 127.0.0.1, in the order of [`Portal::ALL`]; 0 lets the system choose.
    ///
    /// # Errors
    /// [`SimulatorError`] where a port is taken or the thread cannot be had.
    pub fn start_at(world: Arc<World>, ports: [u16; 3]) -> Result<Self, SimulatorError> {
        let mut listeners = Vec::with_capacity(3);
        let mut bind = |portal: Portal| -> Result<Arc<Site>, SimulatorError> {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, ports[portal.index()]));
            let failed = |source| SimulatorError::Listen { portal: portal.as_str(), address, source };
            let listener = TcpListener::bind(address).map_err(failed)?;
            listener.set_nonblocking(true).map_err(failed)?;
            let site = Arc::new(Site {
                portal,
                address: listener.local_addr().map_err(failed)?,
                world: Arc::clone(&world),
                log: RequestLog::default(),
                switches: Switches::default(),
            });
            listeners.push((listener, Arc::clone(&site)));
            Ok(site)
        };
        let sites = [bind(Portal::Harbour)?, bind(Portal::Civic)?, bind(Portal::Feed)?];
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("pretend-portals")
            .enable_io()
            .enable_time()
            .build()
            .map_err(SimulatorError::Thread)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("pretend-portals".to_owned())
            .spawn(move || runtime.block_on(serve(listeners, stopped)))
            .map_err(SimulatorError::Thread)?;
        Ok(Self { world, sites, stop: Some(stop), thread: Some(thread) })
    }

    /// The world the portals show. Its day may be set at any time.
    #[must_use]
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// Where a portal listens: `http://127.0.0.1:PORT`, without a final slash. `None` for a portal that is not pretended.
    #[must_use]
    pub fn base_url(&self, portal: &PortalId) -> Option<String> {
        self.site(portal).map(|site| format!("http://{}", site.address))
    }

    /// Requests a portal has answered since the start, robots.txt and refusals included. 0 for an unknown portal.
    #[must_use]
    pub fn request_count(&self, portal: &PortalId) -> u64 {
        self.site(portal).map_or(0, |site| site.log.len())
    }

    /// Requests a portal has answered for paths that begin with `prefix` (the query counts as part of the path).
    #[must_use]
    pub fn requests_under(&self, portal: &PortalId, prefix: &str) -> u64 {
        self.site(portal).map_or(0, |site| site.log.count_under(prefix))
    }

    /// Every request a portal has answered, in order, to judge a collector's manners by.
    #[must_use]
    pub fn requests(&self, portal: &PortalId) -> Vec<Request> {
        self.site(portal).map(|site| site.log.all()).unwrap_or_default()
    }

    /// Makes a portal answer its next `count` requests with `refusal` (robots.txt is spared).
    pub fn refuse_next(&self, portal: &PortalId, count: u32, refusal: Refusal) {
        if let Some(site) = self.site(portal) {
            site.switches.refuse_next(count, refusal);
        }
    }

    fn site(&self, portal: &PortalId) -> Option<&Site> {
        Portal::from_id(portal).map(|portal| &*self.sites[portal.index()])
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only if the thread has ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(listeners: Vec<(TcpListener, Arc<Site>)>, stopped: oneshot::Receiver<()>) {
    for (listener, site) in listeners {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { continue };
        let router = Router::new().fallback(answer).with_state(site);
        // Ends with the runtime, open connections included: nobody waits for a keep-alive.
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    let _ = stopped.await;
}

async fn answer(State(site): State<Arc<Site>>, request: HttpRequest) -> Response {
    let (path, query) = (request.uri().path().to_owned(), request.uri().query().unwrap_or_default().to_owned());
    let whole = request.uri().path_and_query().map_or_else(|| path.clone(), |whole| whole.as_str().to_owned());
    let response = match request.method() {
        &Method::GET | &Method::HEAD => {
            let spared = path == "/robots.txt";
            match if spared { None } else { site.switches.next_refusal() } {
                Some(refusal) => refusal.into_response(),
                None => {
                    let page = pages::answer(&site.world, site.portal, &path, &query, site.world.day());
                    conditional::respond(page, request.headers())
                }
            }
        }
        _ => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response(),
    };
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    site.log.record(whole, response.status().as_u16(), agent);
    response
}
