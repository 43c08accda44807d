"""Corpora from and to files: core objects on one side, a format on the other, no database."""
