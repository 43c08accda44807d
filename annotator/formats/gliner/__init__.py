"""GLiNER's training data."""
