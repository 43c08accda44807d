"""Prodigy's JSON lines."""
