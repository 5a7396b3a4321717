"""The window. It shows what `planner` knows and turns clicks and keys into its commands; it holds no rules of its own."""
