"""The settings: each saves itself as one undoable command."""
