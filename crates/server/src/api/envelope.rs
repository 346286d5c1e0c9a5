//! The one shape of every answer.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// `data` with what to know of it and where to go on.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    pub(super) data: Value,
    pub(super) meta: Map<String, Value>,
    pub(super) links: Map<String, Value>,
}

impl Envelope {
    pub(super) fn new(data: Value, this: &str) -> Self {
        Self { data, meta: Map::new(), links: Map::from_iter([("self".to_owned(), json!(this))]) }
    }

    pub(super) fn meta(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.meta.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn link(mut self, name: &str, address: impl Into<String>) -> Self {
        self.links.insert(name.to_owned(), Value::String(address.into()));
        self
    }

    pub(super) fn answer(self) -> Response {
        Json(json!({ "data": self.data, "meta": self.meta, "links": self.links })).into_response()
    }
}
