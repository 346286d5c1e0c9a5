//! Reads official files as their publishers issue them.
