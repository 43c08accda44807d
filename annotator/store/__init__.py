"""The project file: the only place that says SQL. It knows no Qt, no formats, no readers."""
