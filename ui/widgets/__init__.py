"""The kit every page is built from: one widget a file, all in the colours and sizes of `ui.theme`."""
