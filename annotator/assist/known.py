"""What the suggesters know of a project, kept from article to article and taught by every change."""

import re
import threading
import time
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from annotator.assist import labels, settings
from annotator.assist.knowledge import Knowledge
from annotator.assist.settings import Settings
from annotator.core.model import Changes
from annotator.core.scheme import Scheme
from annotator.store import acceptance, entities, learnt, names
from annotator.store.acceptance import Rates
from annotator.store.project import Project
from annotator.suggest.names import Book, Memory, Told

_LONGEST_NAME = 60
"""Code points of words that the book of names has."""

_TITLED = re.compile(r"(?:M|Mme|Mlle|MM|Mr|Mrs|Ms|Dr|Me)\b\.?\s")

_ENOUGH_NAMES = 30
"""People that are labelled from which on their want of titles tells how a project has it."""

_SAMPLE = 500

_QUICK = 0.005
"""Seconds: rates that are counted so quickly are counted anew after every decision."""

_MANY = 20
"""Decisions after which rates are counted anew, however long it takes."""


class Known:
    """What is known of one project. `hear` what changes; `at_work` takes it in and hands it out.

    It belongs to no thread: whoever uses it brings a connection of their own, one at a time. `memory`
    is for what a suggester wants to keep, by its id; `with_titles` says whether names of people are
    labelled with "Mme" here.
    """

    def __init__(self) -> None:
        self.settings = Settings()
        self.knowledge = Knowledge()
        self.book = Book()
        self.rates: Rates = {}
        self.with_titles = True
        self.memory: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._changes = deque([Changes(everything=True)])
        self._project: Project | None = None
        self._labels_of: tuple[Settings, Scheme] | None = None
        self._labels: dict[str, str] = {}
        self._with_beliefs = False
        self._newest = 0
        self._undecided = 0
        self._rated_in = 0.0

    @property
    def project(self) -> Project:
        """The project while it is at work."""
        assert self._project is not None, "only within `at_work`"
        return self._project

    @property
    def scheme(self) -> Scheme:
        """The labels as they stand now."""
        return self.project.scheme

    def hear(self, changes: Changes) -> None:
        """Note what has changed; it is looked at when an article is."""
        self._changes.append(changes)

    @contextmanager
    def at_work(self, project: Project, *, with_beliefs: bool = False) -> Iterator["Known"]:
        """Hold it with a connection to its project, having learnt all that was heard."""
        with self._lock:
            self._project = project
            if with_beliefs != self._with_beliefs:
                self._with_beliefs = with_beliefs
                self._changes.append(Changes(everything=True))
            try:
                self._learn()
                yield self
            finally:
                self._project = None

    def label_of(self, kind: str) -> str:
        """Return the id of the label for a kind, "" when the scheme has none for it."""
        basis = (self.settings, self.scheme)
        if self._labels_of != basis:
            self._labels_of = basis
            self._labels = {
                each: self.settings.label_of(each, self.scheme) for each in labels.KINDS
            }
        return self._labels[kind]

    def remembered(self) -> Memory:
        """Return what the project remembers of words, for the book of names."""
        ids = [label.id for label in labels.plain(self.scheme)]
        return Memory(lambda words: self._told(words, ids), lambda words: self._places(words, ids))

    def entity_named(self, name: str) -> str | None:
        """Return the id of the entity that the register calls so, None without one."""
        found = self.book.name(name)
        return found.entity if found else None

    def _told(self, words: str, ids: Collection[str]) -> list[Told]:
        return [Told(*each) for each in names.evidence(self.project, ids, words)]

    def _places(self, words: str, ids: Collection[str]) -> tuple[int, int]:
        return names.places(self.project, words, ids)

    def _learn(self) -> None:
        changes = []
        while self._changes:
            changes.append(self._changes.popleft())
        self.settings = settings.read(self.project)
        try:
            if any(each.everything or each.scheme or each.corpus for each in changes):
                self._learn_everything()
            elif changes:
                self._learn_from(changes)
        except BaseException:
            self.hear(Changes(everything=True))
            raise

    def _learn_everything(self) -> None:
        self.memory.clear()
        self.knowledge = Knowledge.of(self.project, with_beliefs=self._with_beliefs)
        self.book = Book()
        self._newest = names.newest(self.project)
        surfaces = names.words(self.project, _LONGEST_NAME)
        self.book.learn(surfaces)
        people = names.sample(self.project, self.label_of("person"), _SAMPLE)
        self.with_titles = len(people) < _ENOUGH_NAMES or any(map(_TITLED.match, people))
        self._learn_register()
        self._learn_rates()

    def _learn_from(self, changes: list[Changes]) -> None:
        ids = sorted({each for one in changes for each in one.annotations})
        if ids:
            self.knowledge.learn(learnt.cues(self.project, ids), learnt.names(self.project, ids))
            self.book.learn(names.surfaces(self.project, ids, self._newest))
            self._newest = names.newest(self.project)
            self._undecided += len(ids)
            if self._rated_in < _QUICK or self._undecided >= _MANY:
                self._learn_rates()
        if any(each.entities for each in changes):
            self._learn_register()
        if any(each.word_lists for each in changes):
            self.memory.clear()

    def _learn_register(self) -> None:
        by_kind = {kind: self.label_of(kind) for kind in labels.NAMES}
        self.book.register(
            (name, entity.id, by_kind.get(entity.kind or "person", ""))
            for entity in entities.register(self.project)
            for name in (entity.name, *entity.aliases)
        )

    def _learn_rates(self) -> None:
        start = time.perf_counter()
        self.rates = acceptance.rates(self.project)
        self._rated_in, self._undecided = time.perf_counter() - start, 0
