//! SQLite behind one interface: the only room with SQL.
