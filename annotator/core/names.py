"""Names as they are compared: without case, accents, and kinds of apostrophe, hyphen and blank."""

import unicodedata

_ALIKE = str.maketrans("’‘ʼ`´′‐‑‒–", "''''''----")


def folded(text: str) -> str:
    """Return text as names are compared; two names that read alike are equal afterwards."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_ALIKE))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(text.casefold().split())
