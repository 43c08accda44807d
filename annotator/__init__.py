"""Annotator: label entities and quotes in newspaper articles."""

__version__ = "0.1.0"
