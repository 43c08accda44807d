"""What annotating is, without a file, a database or a window: standard library only."""
