//! Built-in classifications, geography and code lists, and the import of official files.
