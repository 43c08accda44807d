"""What a query says, as a tree. Offsets are code points of the query."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from annotator.core.errors import UserError
from annotator.core.query.keys import Key


class QueryError(UserError):
    """What was typed cannot be understood: one sentence, and the place `[start, end)` it speaks of."""

    def __init__(self, sentence: str, start: int, end: int) -> None:
        super().__init__(sentence)
        self.start = start
        self.end = end


class Kind(StrEnum):
    """What the results of a query are."""

    ANNOTATIONS = "annotations"
    OCCURRENCES = "occurrences"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a phrase; of a prefix the last word may go on."""

    text: str
    is_prefix: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression; `flags` as they are written behind it."""

    source: str
    flags: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a key must be. `name` is that of an attribute or of free metadata.

    `value` is None where any value will do. A condition that `is_unlike` holds where the value is
    another one, or none.
    """

    key: Key
    value: str | None
    name: str = ""
    is_prefix: bool = False
    is_unlike: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Sign = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Bounds of a date, compared as text, or of a score; all must hold."""

    key: Key
    bounds: tuple[tuple[Sign, str | float], ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All must hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one must hold."""

    parts: tuple["Node", ...]


Leaf: TypeAlias = Words | Pattern | Condition | Comparison
Node: TypeAlias = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood."""

    text: str
    root: Node

    @property
    def kind(self) -> Kind:
        """Annotations if it says anything of them, else occurrences if it has words that are wanted."""
        if any(is_of_annotations(leaf) for leaf in leaves(self.root)):
            return Kind.ANNOTATIONS
        return Kind.OCCURRENCES if wanted_words(self.root) else Kind.ARTICLES

    @property
    def wants_rejected(self) -> bool:
        """Whether rejected annotations were asked for by name; they are left out otherwise."""
        return any(
            isinstance(leaf, Condition) and leaf.key is Key.STATE and leaf.value == "rejected"
            for leaf in leaves(self.root)
        )


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield what a tree is made of, in the order in which it was typed."""
    if isinstance(node, Not):
        yield from leaves(node.part)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node


def conjuncts(node: Node) -> Iterator[Node]:
    """Yield what must hold in any case."""
    if isinstance(node, And):
        for part in node.parts:
            yield from conjuncts(part)
    else:
        yield node


def wanted_words(node: Node) -> list[Words | Pattern]:
    """Return the words and expressions whose occurrences are looked for: those that are not denied."""
    return list(_wanted(node, is_wanted=True))


def is_of_annotations(leaf: Leaf) -> bool:
    """Tell whether a condition speaks of annotations, not of articles."""
    if isinstance(leaf, Words | Pattern):
        return False
    if leaf.key is Key.STATE:
        return isinstance(leaf, Condition) and leaf.value in ANNOTATION_STATES
    return leaf.key in OF_ANNOTATIONS


OF_ANNOTATIONS = frozenset(
    (
        *(Key.LABEL, Key.TEXT, Key.ENTITY, Key.ATTR, Key.MISSING, Key.HAS, Key.BY, Key.ORIGIN),
        *(Key.IS, Key.SCORE, Key.NOTE),
    )
)

ANNOTATION_STATES = frozenset(("accepted", "suggested", "rejected"))


def _wanted(node: Node, *, is_wanted: bool) -> Iterator[Words | Pattern]:
    if isinstance(node, Not):
        yield from _wanted(node.part, is_wanted=not is_wanted)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _wanted(part, is_wanted=is_wanted)
    elif isinstance(node, Words | Pattern) and is_wanted:
        yield node
