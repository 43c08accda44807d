"""The register of an open project, kept ready: whom a mention may mean is found while a key goes down."""

from PySide6.QtCore import QObject, QTimer

from annotator.core.model import Annotation, Changes, Entity
from annotator.gui.session import Session
from annotator.store import entities
from annotator.store.entities import Columns
from annotator.suggest.naming import Context, Likely, Register, likely

_REST = 400
"""Milliseconds without a change after which what is new is made ready."""

_AT_ONCE = 1_000
"""Entities made ready in one go, a few milliseconds, so that no key waits for them."""


class EntityBook(QObject):
    """Reads the register when somebody asks, or in a moment of rest, and then only what is different."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._register = Register()
        self._read: dict[str, Columns] = {}
        self._waiting: list[Columns] = []
        self._is_stale = True
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._later.timeout.connect(self._prepare)
        self._later.start()
        session.changed.connect(self._on_changed)
        session.closing.connect(self._on_closing)

    @property
    def register(self) -> Register:
        """The entities as the project has them now."""
        self._look()
        self._take(len(self._waiting))
        return self._register

    def likely(self, annotation: Annotation) -> list[Likely]:
        """Return whom an annotation may mean, the likeliest first."""
        project = self._session.project
        before = entities.earlier(project, annotation.article, annotation.start)
        label = self._session.scheme.label(annotation.label).name
        return likely(annotation.text, self.register, Context(before, label))

    def get(self, entity_id: str) -> Entity | None:
        """Return an entity, None when there is none of this id; asks for no more than this one."""
        try:
            return entities.entity(self._session.project, entity_id)
        except KeyError:
            return None

    def _look(self) -> None:
        """Find out which entities are new, different or gone."""
        if not self._is_stale or not self._session.is_open:
            return
        self._is_stale = False
        rows = entities.columns(self._session.project)
        found = {row[0]: row for row in rows}
        for entity_id in self._read.keys() - found.keys():
            self._register.drop(entity_id)
        self._waiting = [row for row in rows if self._read.get(row[0]) != row]
        self._read = {entity_id: row for entity_id, row in self._read.items() if entity_id in found}

    def _take(self, count: int) -> None:
        some, self._waiting = self._waiting[:count], self._waiting[count:]
        for row in some:
            self._register.put(entities.entity_of(row))
            self._read[row[0]] = row

    def _prepare(self) -> None:
        self._look()
        self._take(_AT_ONCE)
        if self._waiting:
            self._later.start(0)

    def _on_changed(self, changes: Changes) -> None:
        if changes.entities or changes.everything:
            self._is_stale = True
            self._later.start(_REST)

    def _on_closing(self) -> None:
        self._later.stop()


def book_of(session: Session) -> EntityBook:
    """Return the book of a session: there is one, made when it is first asked for."""
    return session.findChild(EntityBook) or EntityBook(session)
