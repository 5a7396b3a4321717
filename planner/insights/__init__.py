"""Questions asked of the history. Every rule is a pure function over frozen values; nothing here changes a record."""
