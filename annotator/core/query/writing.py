"""Writes parts of a query, so that reading them gives the same again."""

import re

from annotator.core.query.keys import OPERATORS

_PLAIN = re.compile(r"[\w.’'-]+")


def quoted(value: str) -> str:
    """Return a value as it stands in a query: between quotes unless it is one plain word."""
    is_plain = _PLAIN.fullmatch(value) and value not in OPERATORS and not value.startswith("-")
    if is_plain:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
