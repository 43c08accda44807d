"""spaCy's documents, and its lines of JSON."""
