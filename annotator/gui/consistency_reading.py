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

_FEW_STRINGS = 200
"""Strings up to which only these are counted again: each is looked up in some hundred spellings."""

TURN = 0.4
"""Seconds in which strings are read, and searched, before what was found is shown."""

MOST_UNLABELLED = 200
"""Lines of strings left unlabelled: their articles have to be read."""


@dataclass(slots=True)
class Known:
    """What was read so far. It stays with the one piece of work that is at it.

    `read_to` is the annotation up to which strings were read, "" at the beginning and at the end;
    `waiting` are strings that changed meanwhile. `searched` are the known strings, the most frequent
    first, that were searched for what was left unlabelled.
    """

    strings: Strings = field(default_factory=Strings)
    read_to: str = ""
    is_read: bool = False
    waiting: set[str] = field(default_factory=set)
    searched: int = 0
    is_searched: bool = False
    has_entities: bool = False
    lines: dict[Kind, list[Line]] = field(default_factory=dict)


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
            return
        stale, self._stale = self._stale, Stale(frozenset(), has_entities=False)
        self._look.at(partial(read_beside, self._path, self._known, stale, with_texts))

    @property
    def is_read(self) -> bool:
        """Whether all strings were read; else the lines are those of a part."""
        return self._known.is_read

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
    """Read what is stale on a connection of one's own, for a turn, and return all that is known."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        is_changed = _count(project, known, stale)
        if is_changed:
            known.lines[Kind.CONTESTED] = known.strings.contested()
            known.lines[Kind.BOUNDARIES] = known.strings.boundaries()
            known.lines[Kind.SINGLE] = known.strings.single() if known.is_read else []
        known.lines[Kind.PRECEDENTS] = precedent_lines(project, known.strings)
        if known.is_read and (stale.has_entities or not known.has_entities):
            known.lines[Kind.ENTITIES] = entity_lines(project)
            known.has_entities = True
        if with_texts and known.is_read:
            _search(project, known, progress)
    return known


def _count(project: Project, known: Known, stale: Stale) -> bool:
    """Read strings on, or count those again that changed; tell whether there was any such thing."""
    if stale.annotations:
        known.waiting |= consistency.keys_of(project, stale.annotations)
    if stale.annotations is None or len(known.waiting) > _FEW_STRINGS:
        known.strings, known.read_to, known.is_read = Strings(), "", False
        known.waiting.clear()
        known.searched, known.is_searched = 0, False
        known.lines.pop(Kind.UNLABELLED, None)
    if not known.is_read:
        known.read_to = consistency.read_on(project, known.strings, known.read_to, TURN)
        known.is_read = not known.read_to
        if not known.is_read:
            return True
    elif not known.waiting:
        return False
    consistency.recount(project, known.strings, known.waiting)
    _search_again(project, known, known.waiting)
    known.waiting.clear()
    return True


def _search(project: Project, known: Known, progress: Progress) -> None:
    """Search the next strings, the most frequent first, as long as a turn lasts."""
    strings = known.strings
    order = strings.known()
    lines = known.lines.setdefault(Kind.UNLABELLED, [])
    end = time.monotonic() + TURN
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
    fresh: list[Line] = []
    for each in known.lines.get(Kind.UNLABELLED, ()):
        key = key_of(each.words[0])
        fresh += unlabelled_line(project, known.strings, key) if key in keys else [each]
    if Kind.UNLABELLED in known.lines:
        known.lines[Kind.UNLABELLED] = fresh
