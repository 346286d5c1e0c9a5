//! The same vacancy on several portals: blocking, similarity, clusters, reasons.
