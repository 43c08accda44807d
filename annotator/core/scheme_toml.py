"""A scheme as TOML, as the templates are written: what `read_scheme` reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.core.scheme import Scheme, scheme_to_dict


def scheme_to_toml(scheme: Scheme) -> str:
    """Return the scheme as TOML; fields that say nothing (empty, false) are left out."""
    return "\n".join(_table("", scheme_to_dict(scheme))).strip() + "\n"


def _table(path: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield a table: first its values, then the tables below it, as TOML wants it."""
    below = {name: value for name, value in row.items() if _is_tables(value)}
    for name, value in row.items():
        if name not in below and value not in ("", False, []):
            yield f"{name} = {_value(value)}"
    for name, tables in below.items():
        inner = f"{path}.{name}" if path else name
        for table in tables:
            yield ""
            yield f"[[{inner}]]"
            yield from _table(inner, table)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return _string(str(value))


def _string(text: str) -> str:
    """Return a basic string: quotes, backslashes and control characters escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_escape(char) for char in escaped) + '"'


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char
