"""What a form of a verb can be, in either language."""

import unicodedata
from enum import Flag, auto


class Form(Flag):
    """What a form may be read as: "dit" is FINITE, PAST and PARTICIPLE at once.

    The conditional counts as indicative. A participle agrees without being PLURAL, and an English
    past tense, which any number takes, is not PLURAL either.
    """

    FINITE = auto()
    """A third person: "dit", "ont", "said"."""
    SPEAKER = auto()
    """A first or second person: "dis", "disons", "say"."""
    PLURAL = auto()
    """A person in the plural: "disent", "disons", "(they) say"."""
    CONDITIONAL = auto()
    PAST = auto()
    """Imparfait or passé simple; the English past tense."""
    PARTICIPLE = auto()
    """The past participle."""
    GERUND = auto()
    """The present participle: "disant", "saying"."""
    INFINITIVE = auto()


def normal(word: str) -> str:
    """Return a word as the forms are kept: small letters, composed (NFC)."""
    return unicodedata.normalize("NFC", word.strip().lower())


def add(forms: dict[str, Form], word: str, form: Form) -> None:
    """Let a word be read as this form too."""
    known = forms.get(word)
    forms[word] = form if known is None else known | form


def words(line: str) -> tuple[str, ...]:
    """Return the words of a list that reads better as one line of text."""
    return tuple(line.split())
