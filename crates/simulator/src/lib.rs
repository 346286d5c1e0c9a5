//! Pretend portals on loopback, with the truth kept.
