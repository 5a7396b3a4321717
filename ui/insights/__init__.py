"""The page Insights: what the history adds up to."""
