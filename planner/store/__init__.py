"""The database: one SQLite file, one writer, a journal that makes every command undoable."""
