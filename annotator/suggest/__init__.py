"""Finds quotations: rules that propose, for people who decide."""
