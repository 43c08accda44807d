"""The article in the middle of the window: its text, what is annotated in it, and every gesture on it."""
