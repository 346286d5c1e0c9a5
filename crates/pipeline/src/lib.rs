//! The stages in order, parallel and restartable.
