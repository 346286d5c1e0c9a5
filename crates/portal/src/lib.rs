//! Reads portal.toml; turns a capture into postings and next links. Pure: no network.
