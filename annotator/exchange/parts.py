"""The parts an export has: the whole, or training, development and test with their articles."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from annotator.core.errors import UserError
from annotator.core.likeness import Likeness
from annotator.core.model import Article
from annotator.exchange.splitting import Group, Shares, split
from annotator.language import _
from annotator.store import corpus as store
from annotator.store.project import Project

GROUPINGS = ("source", "month", "year", "author", "language")
"""What articles may be kept together by, besides being nearly the same."""

_SETTING = "split {shares} {seed} {group_by}"


@dataclass(frozen=True, slots=True)
class Splitting:
    """How a corpus is divided. `group_by` is one of GROUPINGS, a key of the metadata, or ""."""

    shares: Shares
    seed: int = 0
    group_by: str = ""

    def as_options(self) -> dict[str, str]:
        """Return it as the report shows it."""
        options = {"split": str(self.shares), "seed": str(self.seed)}
        return {**options, "group by": self.group_by} if self.group_by else options


class Part(NamedTuple):
    """A part by name, "" for the whole corpus, and the ids of its articles, None for all."""

    name: str
    articles: Collection[str] | None


def parts_of(
    project: Project, states: Collection[str], splitting: Splitting | None, *, done_only: bool
) -> list[Part]:
    """Return the parts of an export in order; articles that are nearly the same are in one part.

    An article that was in a part when this split was exported before stays there. Raises UserError
    when a part would have no article.
    """
    if splitting is None:
        return [Part("", None)]
    groups = list(_groups(project, states, splitting.group_by, done_only=done_only))
    placed = split(groups, splitting.shares, splitting.seed, _remembered(project, splitting))
    parts = [
        Part(name, [id_ for id_, part in placed.items() if part == name])
        for name in splitting.shares.parts
    ]
    empty = [part.name for part in parts if not part.articles]
    if empty:
        raise UserError(
            _(
                "There are too few articles, or groups of them, for {split}: “{part}” would be empty."
            ).format(split=splitting.shares, part=empty[0])
        )
    return parts


def remember(project: Project, splitting: Splitting, parts: list[Part]) -> None:
    """Keep with the project which part each article is in, whatever will be annotated in it later."""
    placed = {id_: part.name for part in parts for id_ in part.articles or ()}
    kept = {**_remembered(project, splitting), **placed}
    project.set_setting(_setting(splitting), orjson.dumps(kept).decode())


def _remembered(project: Project, splitting: Splitting) -> Mapping[str, str]:
    kept = project.setting(_setting(splitting))
    return dict(orjson.loads(kept)) if kept else {}


def _setting(splitting: Splitting) -> str:
    return _SETTING.format(
        shares=splitting.shares, seed=splitting.seed, group_by=splitting.group_by
    ).strip()


def _groups(
    project: Project, states: Collection[str], group_by: str, *, done_only: bool
) -> Iterator[Group]:
    """Yield the articles that stay together, in the order of the first of each."""
    ids: list[str] = []
    labels: list[Mapping[str, int]] = []
    together = _Together()
    likeness = Likeness()
    for number, labelled in enumerate(
        store.stream(project, states=states, done_only=done_only, links=False)
    ):
        article = labelled.article
        ids.append(article.id)
        labels.append(Counter(span.label for span in labelled.spans if span.n == 0))
        together.add(article.id, number)
        for alike in likeness.add(article.id, article.text):
            together.join(article.id, alike.id)
        if group_by:
            together.join_by(_value(article, group_by), article.id)
    for members in together.groups():
        counts: Counter[str] = Counter()
        for number in members:
            counts.update(labels[number])
        yield Group(tuple(ids[number] for number in members), counts)


def _value(article: Article, name: str) -> str:
    """Return what articles are kept together by; "" keeps an article alone."""
    if name in ("month", "year"):
        return article.published[: 7 if name == "month" else 4]
    return str(getattr(article, name, "") or article.meta.get(name, ""))


class _Together:
    """Numbers joined into groups (union-find); each group is known by its smallest number."""

    def __init__(self) -> None:
        self._first: list[int] = []
        self._numbers: dict[str, int] = {}
        self._by_value: dict[str, str] = {}

    def add(self, id_: str, number: int) -> None:
        self._numbers[id_] = number
        self._first.append(number)

    def join_by(self, value: str, id_: str) -> None:
        if value:
            self.join(self._by_value.setdefault(value, id_), id_)

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self._root(self._numbers[one]), self._root(self._numbers[other])))
        self._first[high] = low

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for number in range(len(self._first)):
            found.setdefault(self._root(number), []).append(number)
        return list(found.values())

    def _root(self, number: int) -> int:
        while self._first[number] != number:
            self._first[number] = self._first[self._first[number]]
            number = self._first[number]
        return number
