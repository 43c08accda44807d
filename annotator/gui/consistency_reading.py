"""Reads what is inconsistent beside the window: all strings once, then those alone that a deed changed."""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.assist.consistency import entity_lines, precedent_lines, unlabelled_line
from annotator.core.consistency import Kind, Line, Strings
from annotator.core.model import Changes
from annotator.core.spelling import key_of
from annotator.gui.looking import Look
from annotator.gui.tasks import Progress
from annotator.language import _
from annotator.store import consistency
from annotator.store.corpus import snapshot
from annotator.store.project import Project

_FEW = 5_000
"""Changed annotations up to which their strings are counted again; after more, all are."""

_FEW_STRINGS = 60

_TURN = 0.4
"""Seconds in which strings are searched before what was found is shown."""

MOST_UNLABELLED = 200
"""Lines of strings left unlabelled: their articles have to be read."""


@dataclass(slots=True)
class Known:
    """What was read so far. It stays with the one piece of work that is at it."""

    strings: Strings | None = None
    lines: dict[Kind, list[Line]] = field(default_factory=dict)
    searched: int = 0
    """Known strings that were searched already, of `Strings.known`."""
    is_searched: bool = False
    has_entities: bool = False


@dataclass(frozen=True, slots=True)
class Stale:
    """What changed since: annotations by id, None for all of them; entities."""

    annotations: frozenset[str] | None = None
    has_entities: bool = True

    def __or__(self, changes: Changes) -> "Stale":
        is_whole = changes.everything or changes.scheme or changes.corpus
        both = (
            None if is_whole or self.annotations is None else self.annotations | changes.annotations
        )
        if both is not None and len(both) > _FEW:
            both = None
        has_entities = self.has_entities or changes.entities or changes.everything
        return Stale(both, has_entities)


class Reader(QObject):
    """`lines` are by kind, as last read; `found` says that there are new ones."""

    found = Signal()
    begun = Signal()

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._known = Known()
        self._stale = Stale()
        self._look = Look(_("Comparing labels"), self)
        self._look.begun.connect(self.begun)
        self._look.found.connect(self._on_found)
        self.lines: dict[Kind, list[Line]] = {}

    @property
    def is_looking(self) -> bool:
        """Whether something is still being read."""
        return self._look.is_looking

    def note(self, changes: Changes) -> None:
        """Remember what has to be read again."""
        self._stale |= changes

    def read(self, *, with_texts: bool) -> None:
        """Bring the lines up to date; `with_texts` goes on to search for what was left unlabelled."""
        if self._look.is_looking:
            # What was on its way is lost: all of it is read again.
            self._known, self._stale = Known(), Stale()
        stale, self._stale = self._stale, Stale(frozenset(), has_entities=False)
        self._look.at(partial(read_beside, self._path, self._known, stale, with_texts))

    def search_on(self) -> None:
        """Search the next strings for what was left unlabelled, unless all were searched."""
        if not self._known.is_searched and not self._look.is_looking:
            self.read(with_texts=True)

    @property
    def is_searched(self) -> bool:
        """Whether all strings were searched for what was left unlabelled."""
        return self._known.is_searched

    def stop(self) -> None:
        """Read no more: the project is closing."""
        self._look.stop()

    def _on_found(self, known: Known) -> None:
        self._known = known
        self.lines = {kind: list(lines) for kind, lines in known.lines.items()}
        self.found.emit()


def read_beside(
    path: Path, known: Known, stale: Stale, with_texts: bool, progress: Progress
) -> Known:
    """Read what is stale on a connection of one's own, and return all that is known."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        keys = _count(project, known, stale, progress)
        strings = known.strings or Strings()
        if keys is None or keys:
            known.lines[Kind.CONTESTED] = strings.contested()
            known.lines[Kind.BOUNDARIES] = strings.boundaries()
            known.lines[Kind.SINGLE] = strings.single()
        known.lines[Kind.PRECEDENTS] = precedent_lines(project, strings)
        if stale.has_entities or stale.annotations is None or not known.has_entities:
            known.lines[Kind.ENTITIES] = entity_lines(project)
            known.has_entities = True
        if keys is None:
            known.searched, known.is_searched = 0, False
            known.lines.pop(Kind.UNLABELLED, None)
        elif keys:
            _search_again(project, known, keys)
        if with_texts:
            _search(project, known, progress)
    return known


def _count(
    project: Project, known: Known, stale: Stale, progress: Progress
) -> Collection[str] | None:
    """Count strings anew and return which; None for all."""
    if known.strings is None or stale.annotations is None:
        known.strings = consistency.strings(project, progress)
        return None
    keys = consistency.keys_of(project, stale.annotations) if stale.annotations else set()
    if len(keys) > _FEW_STRINGS:
        known.strings = consistency.strings(project, progress)
        return None
    consistency.recount(project, known.strings, keys)
    return keys


def _search(project: Project, known: Known, progress: Progress) -> None:
    """Search the next strings, the most frequent first, as long as a turn lasts."""
    assert known.strings is not None
    strings = known.strings
    order = strings.known()
    lines = known.lines.setdefault(Kind.UNLABELLED, [])
    end = time.monotonic() + _TURN
    while known.searched < len(order) and len(lines) < MOST_UNLABELLED:
        key = order[known.searched]
        known.searched += 1
        if not any(key_of(each.words[0]) == key for each in lines):
            lines += unlabelled_line(project, strings, key)
        if time.monotonic() > end or not progress(known.searched, len(order)):
            break
    known.is_searched = known.searched >= len(order) or len(lines) >= MOST_UNLABELLED


def _search_again(project: Project, known: Known, keys: Collection[str]) -> None:
    """Search the strings of a deed again, if they are listed."""
    assert known.strings is not None
    fresh: list[Line] = []
    for each in known.lines.get(Kind.UNLABELLED, ()):
        key = key_of(each.words[0])
        fresh += unlabelled_line(project, known.strings, key) if key in keys else [each]
    if Kind.UNLABELLED in known.lines:
        known.lines[Kind.UNLABELLED] = fresh
