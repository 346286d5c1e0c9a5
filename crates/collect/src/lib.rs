//! Polite HTTP, robots, frontier, archive: the only room that fetches.
