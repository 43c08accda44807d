"""Parquet, for Hugging Face, R and DuckDB."""
