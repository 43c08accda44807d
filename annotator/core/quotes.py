"""What follows from where a quote and its parts stand: computed and shown, never typed in."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

Range = tuple[int, int]
"""A `[start, end)` in code points."""

CuePosition = Literal["before", "inside", "after", "none"]
SourceForm = Literal["name", "noun", "pronoun", "none"]

MARKS = '«»“”„‟‹›"‘‚'
"""Signs that open or close a quotation and nothing else; ’ and ' may be apostrophes."""

_EDGES = re.compile(r"^(?:[\s«»“”„‟‹›\"‘’'‚—–―]|``|<<|--)+|(?:[\s«»“”„‟‹›\"’'—–―]|''|>>|--)+$")
_WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
_TITLE = re.compile(
    r"(?:M|MM|Mme|Mmes|Mlle|Mlles|Me|Mes|Dr|Dre|Pr|Mgr|Mr|Mrs|Ms|Miss|Sir|Lady|Lord)\b"
)
_ARTICLE = re.compile(
    r"(?:l[ea]s?|une?|des?|du|[ld]['’]|ce|cet|cette|ces|son|sa|ses|leurs?|notre|nos|the|an?|his|her|its|their|our)\b\s*",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(
    r"\b[^\W\d_a-zà-ÿ]\w+(?:-\w+)*\s+(?:(?:de|du|van|von|al|bin|ben)\s+|[dD]['’])?[^\W\d_a-zà-ÿ]\w+"
)
_PRONOUNS = frozenset(
    """
    je j' tu il elle on nous vous ils elles lui eux moi toi celui-ci celle-ci ceux-ci celles-ci
    i he she it we you they him her us them who
    """.split()
)
_LIKE_PRONOUNS = re.compile(
    r"(?:ce dernier|cette dernière|ces derniers|ces dernières|l['’]intéressée?s?)\Z", re.IGNORECASE
)


def cue_position(content: Sequence[Range], cue: Sequence[Range]) -> CuePosition:
    """Return where a cue stands to the content it reports."""
    if not cue or not content:
        return "none"
    start, end = cue[0][0], cue[-1][1]
    if end <= content[0][0]:
        return "before"
    return "after" if start >= content[-1][1] else "inside"


def source_form(words: str) -> SourceForm:
    """Return whether words name somebody, describe them, or are a pronoun."""
    plain = words.strip().replace("’", "'")
    if not plain:
        return "none"
    if plain.lower() in _PRONOUNS or _LIKE_PRONOUNS.match(plain):
        return "pronoun"
    rest = _ARTICLE.sub("", plain, count=1)
    if _TITLE.match(rest) or rest[:1].isupper():
        return "name"
    return "name" if _FULL_NAME.search(plain) else "noun"


def nesting(content: Sequence[Range], others: Iterable[Sequence[Range]]) -> int:
    """Return in how many of the other quotes a quote lies."""
    start, end = content[0][0], content[-1][1]
    return sum(
        any(first <= start and end <= last for first, last in other)
        for other in others
        if other != content
    )


def without_marks(words: str) -> str:
    """Return quoted words without the marks, dashes and blanks around them."""
    return _EDGES.sub("", words)


def count_words(words: str) -> int:
    """Return how many words there are; what apostrophes and hyphens join counts once."""
    return sum(1 for _word in _WORD.finditer(words))
