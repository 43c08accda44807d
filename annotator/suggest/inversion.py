"""French verbs with their subject hanging on them: "dit-il", "a-t-elle"."""

import re

_INVERTED = re.compile(r"(.+?)-(?:t-)?(il|elle|on|ils|elles|je|tu|nous|vous|ce)")


def inversion(word: str) -> tuple[str, str] | None:
    """Return verb and pronoun of a word in small letters ("a-t-il": "a", "il"); None for other words."""
    match = _INVERTED.fullmatch(word) if "-" in word else None
    return (match[1], match[2]) if match else None


def stem(word: str) -> str:
    """Return a word without the subject that hangs on it."""
    parts = inversion(word)
    return parts[0] if parts else word
