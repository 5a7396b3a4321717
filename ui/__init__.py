"""The window. It shows what `planner` knows and turns clicks into its commands; it holds no rules."""
