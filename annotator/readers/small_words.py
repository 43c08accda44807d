"""Which language a text is in, told by its small words."""

import re

from annotator.core.small_words import ENGLISH, FRENCH


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one line of text."""
    return frozenset(text.split())


def guess_language(text: str) -> str:
    """Return "fr" or "en" when the beginning leaves no doubt, else ""."""
    spoken = re.findall(r"[^\W\d_]+", text[:5_000].lower())
    french = sum(map(FRENCH.__contains__, spoken))
    english = sum(map(ENGLISH.__contains__, spoken))
    if max(french, english) < 3 or max(french, english) < 2 * min(french, english):
        return ""
    return "fr" if french > english else "en"
