"""Charts painted with Qt alone: bars, columns and lines that are read by eye, by key and by ear."""
