//! JSON API and pages over the published releases.
