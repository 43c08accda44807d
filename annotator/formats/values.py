"""Values of attributes and metadata as text, for formats that know nothing else: and back, the same."""

import json
import re
from typing import Any

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0 has no way to write."""


def to_text(value: Any) -> str:
    """Return a text as it is, anything else as JSON.

    A text that would be taken for JSON, or that XML cannot hold, is quoted as JSON too, so that
    `from_text` gives back exactly what was there.
    """
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=bool(NOT_IN_XML.search(_plain(value))))
    if NOT_IN_XML.search(value):
        return json.dumps(value)
    return json.dumps(value, ensure_ascii=False) if _is_json(value) else value


def from_text(text: str) -> Any:
    """Return the value that `to_text` made a text of."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def text_from(text: str) -> str:
    """Return what `from_text` does where only a text can have stood; anything else stays as it is."""
    value = from_text(text)
    return value if isinstance(value, str) else text


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
