//! What can go wrong when the pretend portals start.

/// A failure of the machine: pretend pages never fail.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The port could not be had.
    #[error(
        "cannot listen on {address} for {portal}: {source}; free the port or let the system choose one with port 0"
    )]
    Listen {
        /// The portal.
        portal: &'static str,
        /// The address asked for.
        address: std::net::SocketAddr,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// The thread or its runtime could not be started.
    #[error("cannot start the pretend portals' thread: {0}; check the limits on threads and open files")]
    Thread(#[source] std::io::Error),
}
