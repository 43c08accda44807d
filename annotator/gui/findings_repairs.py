"""Carries out the repairs of findings: each call one deed, many of them beside the window."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.core.findings import Finding, kind_name
from annotator.gui.background import Background
from annotator.gui.findings_reading import repair_beside
from annotator.gui.session import Session
from annotator.language import _, n_
from annotator.store import findings

_AT_ONCE = 200
"""Repairs up to which the window does them itself: more would be felt."""


class Repairs(QObject):
    """`repaired` carries the findings that were gone about, whether or not they still applied."""

    repaired = Signal(list)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background

    def repair(self, wanted: Sequence[Finding]) -> None:
        """Repair findings of one kind as one deed, and say how many there were."""
        session, name = self._session, _name(wanted)
        if len(wanted) <= _AT_ONCE:
            count = session.do(name, lambda deed: findings.repair_all(deed, wanted))
            if count is not None:
                self._tell(wanted, count)
        elif session.is_read_only:
            session.do(name, lambda deed: 0)
        else:
            work = partial(
                repair_beside, session.project.path, session.annotator, name, tuple(wanted)
            )
            task = self._background.run(_("Repairing"), work)
            task.finished.connect(partial(self._on_finished, wanted))

    def _on_finished(self, wanted: Sequence[Finding], count: int) -> None:
        if self._session.is_open:
            self._session.look_around()
            self._tell(wanted, count)

    def _tell(self, wanted: Sequence[Finding], count: int) -> None:
        if count:
            told = n_("{n} finding repaired.", "{n} findings repaired.", count).format(n=count)
        else:
            told = _("Nothing to repair: it was changed meanwhile.")
        self._session.told.emit(told)
        self.repaired.emit(list(wanted))


def _name(wanted: Sequence[Finding]) -> str:
    kind, count = kind_name(wanted[0].kind), len(wanted)
    name = n_("Repair: {kind}", "Repair {n} findings: {kind}", count)
    return name.format(kind=kind, n=count)
