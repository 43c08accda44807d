"""The things an annotator works with. Offsets are code points, half-open, over the article's text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    # Before Python 3.12 a proxy has no hash, and a dataclass refuses it as a default.
    return NOTHING


BY_PEOPLE = frozenset(("hand", "slot", "import"))
"""Origins of what people made; every other one names what suggested it."""


class ArticleState(StrEnum):
    """How far an article has come."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    FLAGGED = "flagged"


class AnnotationState(StrEnum):
    """Whether somebody stands behind an annotation."""

    ACCEPTED = "accepted"
    SUGGESTED = "suggested"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One contiguous `[start, end)` of an annotation, with the characters that stand there."""

    start: int
    end: int
    surface: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.surface) != self.end - self.start:
            raise ValueError(f"not a fragment: [{self.start}, {self.end}) {self.surface!r}")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who suggests something, how sure (0 to 1, None when it does not say) and why."""

    origin: str
    score: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A labelled stretch of an article: fragments in text order, never touching one another.

    `label` is a label's id; in a document just read from a file it is still the name the file gives.
    `origin` says how it came about: "hand", "slot" (made to fill one), "import", or the name of a
    rule, list or model. `settled` says what became of a suggestion: "unchanged" or "changed" once
    somebody stands behind it, "" before that and for everything else; `annotator` is who settled it.
    `also` are those who suggest just the same besides `origin`, the higher ranked first.
    `created` and `updated` are ISO 8601 in UTC.
    """

    id: str
    article: str
    label: str
    fragments: tuple[Fragment, ...]
    attributes: Mapping[str, Any] = field(default_factory=_nothing)
    note: str = ""
    entity: str | None = None
    annotator: str = ""
    origin: str = "hand"
    state: AnnotationState = AnnotationState.ACCEPTED
    score: float | None = None
    reason: str = ""
    created: str = ""
    updated: str = ""
    settled: str = ""
    also: tuple[Claim, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Everybody who suggests it, the highest ranked first; nobody if people made it."""
        if self.origin in BY_PEOPLE:
            return ()
        return (Claim(self.origin, self.score, self.reason), *self.also)

    @property
    def start(self) -> int:
        """The first code point."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Behind the last code point."""
        return self.fragments[-1].end

    @property
    def text(self) -> str:
        """What is annotated; fragments are parted by " … "."""
        return " … ".join(fragment.surface for fragment in self.fragments)


@dataclass(frozen=True, slots=True)
class Link:
    """A typed, directed relation between two annotations of one article."""

    id: str
    type: str
    from_id: str
    to_id: str
    annotator: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place in the project's register."""

    id: str
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    gender: str = "unknown"
    role: str = ""
    external_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An immutable text with its metadata; `meta` holds whatever else its file said of it."""

    id: str
    text: str
    title: str = ""
    author: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    meta: Mapping[str, Any] = field(default_factory=_nothing)
    state: ArticleState = ArticleState.TODO


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader or a format found for one article: nothing of it is in a project yet.

    `place` names file and line for messages. `seconds` is the time spent on it, by annotator.
    """

    article: Article
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()
    place: str = ""
    seconds: Mapping[str, float] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a user should know: where it is (file and line, or article and offsets) and what it is."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Remark(Problem):
    """Something that was put right, such as another unit of offsets: worth telling, but no fault."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a deed, an undo or another window touched, so that each view redraws only its part.

    `articles` are those whose row, annotations or links changed. `corpus` says that articles came
    or went, `everything` that no part can be relied on.
    """

    articles: frozenset[str] = field(default=frozenset())
    annotations: frozenset[str] = field(default=frozenset())
    scheme: bool = False
    entities: bool = False
    corpus: bool = False
    precedents: bool = False
    word_lists: bool = False
    everything: bool = False
