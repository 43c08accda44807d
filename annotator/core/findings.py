"""What the checker finds: where it is, what is wrong, what to do, and the repair where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

from annotator.core.model import Annotation, Article
from annotator.core.ranges import Range, joined, without
from annotator.language import _

_SHOWN = 200
"""Characters of an annotation that a finding keeps to show: a quote may have 15,000."""


class Kind(StrEnum):
    """What can be wrong; the values are for programs."""

    MARKS = "unbalanced marks"
    INCISE = "incise inside"
    EDGE = "loose edge"
    CUE_INSIDE = "cue inside"
    FILLER = "wrong filler"
    CROWDED = "crowded slot"
    OVERLAP = "overlap"
    UNUSED = "unused part"
    SOURCE = "no source"
    CUE = "no cue"
    LABELS = "labelled differently"


class Rank(StrEnum):
    """How much a finding weighs: surely wrong, probably wrong, only worth a look."""

    FAULT = "fault"
    DOUBT = "doubt"
    NOTE = "note"


RANKS = {
    Kind.MARKS: Rank.DOUBT,
    Kind.INCISE: Rank.FAULT,
    Kind.EDGE: Rank.FAULT,
    Kind.CUE_INSIDE: Rank.FAULT,
    Kind.FILLER: Rank.FAULT,
    Kind.CROWDED: Rank.FAULT,
    Kind.OVERLAP: Rank.DOUBT,
    Kind.UNUSED: Rank.DOUBT,
    Kind.SOURCE: Rank.DOUBT,
    Kind.CUE: Rank.NOTE,
    Kind.LABELS: Rank.NOTE,
}


@dataclass(frozen=True, slots=True)
class Reshape:
    """Take ranges into an annotation that touch it, then cut others out of it."""

    annotation_id: str
    add: tuple[Range, ...] = ()
    cut: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlink:
    """Take an annotation out of the slot that a link lets it fill."""

    link_id: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take an annotation away that no frame uses."""

    annotation_id: str


@dataclass(frozen=True, slots=True)
class Relabel:
    """Give an annotation the label that the same words mostly have."""

    annotation_id: str
    label_id: str


Repair = Reshape | Unlink | Remove | Relabel


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with an annotation.

    `start` and `end` are the code points to look at, within the annotation or all of it. `message`
    says what is wrong and `remedy` what to do, in the user's language. `title` is the article's,
    `words` the beginning of the annotation's text on one line.
    """

    kind: Kind
    article_id: str
    annotation_id: str
    start: int
    end: int
    message: str
    remedy: str
    repair: Repair | None = None
    title: str = ""
    words: str = ""

    @property
    def rank(self) -> Rank:
        """How much it weighs."""
        return RANKS[self.kind]


def found(
    article: Article,
    annotation: Annotation,
    kind: Kind,
    message: str,
    remedy: str,
    *,
    place: Range | None = None,
    repair: Repair | None = None,
) -> Finding:
    """Return a finding on an annotation; without a `place` all of it is meant."""
    start, end = place or (annotation.start, annotation.end)
    words = shown(annotation.text)
    return Finding(
        kind, article.id, annotation.id, start, end, message, remedy, repair, article.title, words
    )


def shown(text: str) -> str:
    """Return the beginning of a text on one line."""
    words = " ".join(text[: _SHOWN * 2].split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def kind_name(kind: Kind) -> str:
    """Return what a kind of finding is called on the screen."""
    names = {
        Kind.MARKS: _("Unbalanced marks"),
        Kind.INCISE: _("Incise inside"),
        Kind.EDGE: _("Loose edge"),
        Kind.CUE_INSIDE: _("Cue inside"),
        Kind.FILLER: _("Wrong filler"),
        Kind.CROWDED: _("Crowded slot"),
        Kind.OVERLAP: _("Overlap"),
        Kind.UNUSED: _("Unused part"),
        Kind.SOURCE: _("No source"),
        Kind.CUE: _("No cue"),
        Kind.LABELS: _("Labelled differently"),
    }
    return names[kind]


def rank_name(rank: Rank) -> str:
    """Return what a rank is called on the screen."""
    return {Rank.FAULT: _("fault"), Rank.DOUBT: _("doubtful"), Rank.NOTE: _("note")}[rank]


def reshaped(text: str, ranges: Sequence[Range], repair: Reshape) -> list[Range]:
    """Return the ranges of an annotation after a repair, in text order.

    What is added must touch a range; of what is cut no piece is left over that is punctuation alone.
    """
    touching = [
        (start, end)
        for start, end in repair.add
        if any(start <= high and low <= end for low, high in ranges)
    ]
    return [
        piece
        for each in joined([*ranges, *touching])
        for piece in without(each, repair.cut)
        if piece == each or any(map(_says_something, text[slice(*piece)]))
    ]


def _says_something(char: str) -> bool:
    return char.isalnum() or category(char).startswith("S")
