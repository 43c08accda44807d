"""Citron's JSON of quotes."""
