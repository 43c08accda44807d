"""What the dialog of suggesters knows and does: read beside the window, kept with the project at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.assist import labels, settings, suggesters
from annotator.assist.known import Known
from annotator.assist.settings import Settings
from annotator.assist.suggesters import HOPELESS, Suggester
from annotator.core.errors import UserError
from annotator.core.model import Changes
from annotator.core.scheme import Scheme
from annotator.gui.background import Background
from annotator.gui.newest import Newest
from annotator.gui.proposing import Proposer
from annotator.gui.rate_bars import RateLine
from annotator.gui.session import Session
from annotator.gui.suggester_page import Portrait
from annotator.gui.tasks import Progress
from annotator.language import _
from annotator.store import acceptance, suggestions
from annotator.store.acceptance import Rate, Rates
from annotator.store.project import Project

_REST = 400
"""Milliseconds after a change before the numbers are counted anew."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everybody who suggests, the highest ranked first; who is on; the label for each kind."""

    portraits: Sequence[Portrait] = ()
    on: frozenset[str] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)

    def portrait(self, suggester_id: str) -> Portrait | None:
        """Return what is said of somebody."""
        return next((each for each in self.portraits if each.id == suggester_id), None)


class SuggesterSettings(QObject):
    """`read` says that the overview is new. Every choice is kept at once, and the article looked at again."""

    read = Signal()

    def __init__(
        self, session: Session, proposer: Proposer, background: Background, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._proposer = proposer
        self._background = background
        self.overview = Overview()
        self.look = Newest(_("Counting suggestions"), background, self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._later.timeout.connect(self.reload)
        self.look.found.connect(self._on_found)
        session.changed.connect(self._on_changed)
        session.closing.connect(self.stop)

    def reload(self) -> None:
        """Count anew, beside the window."""
        self._later.stop()
        if self._session.is_open:
            path, known = self._session.project.path, self._proposer.known
            self.look.at(partial(_read, path, known))

    def stop(self) -> None:
        """Give up what is on its way."""
        self._later.stop()
        self.look.stop()

    def switch(self, suggester_id: str, *, on: bool) -> None:
        """Want somebody's suggestions, or no longer: then the open ones that nobody else says go."""
        if not self._keep(lambda now: now.switched(suggester_id, on=on)):
            return
        if on:
            self._proposer.look_again()
            return
        origin = suggesters.named(suggester_id).origin
        work = partial(_withdraw, self._session.project.path, origin)
        task = self._background.run(_("Taking suggestions away"), work)
        task.finished.connect(self._on_withdrawn)

    def rank(self, ids: Sequence[str]) -> None:
        """Believe those first who come first."""
        self._keep(lambda now: now.ranked(ids))
        self._proposer.look_again()

    def set_least(self, suggester_id: str, score: int) -> None:
        """Show what somebody suggests from a score on, in per cent."""
        self._keep(lambda now: now.from_score(suggester_id, score / 100))
        self._proposer.look_again()

    def set_label(self, kind: str, label_id: str) -> None:
        """Let a kind be suggested with a label; "" for not at all."""
        self._keep(lambda now: now.labelling(kind, label_id))
        self._proposer.known.hear(Changes(everything=True))
        self._proposer.look_again()

    def ask(self, suggester_id: str, label_id: str, *, is_asked: bool) -> None:
        """Have a label suggested although that was mostly rejected, or no longer."""
        origin = suggesters.named(suggester_id).origin
        self._keep(lambda now: now.asking(origin, label_id, asks=is_asked))
        self._proposer.look_again()

    def _keep(self, change: Callable[[Settings], Settings]) -> bool:
        project = self._session.project
        try:
            settings.write(project, change(settings.read(project)))
        except UserError as error:
            self._session.failed.emit(str(error))
            return False
        finally:
            self._later.start()
        return True

    def _on_found(self, overview: Overview) -> None:
        self.overview = overview
        self.read.emit()

    def _on_withdrawn(self) -> None:
        if self._session.is_open:
            self._session.look_around()
            self._proposer.look_again()

    def _on_changed(self, changes: Changes) -> None:
        if changes.annotations or changes.scheme or changes.everything:
            self._later.start()


def _read(path: Path, known: Known, progress: Progress) -> Overview | None:
    """Return how things stand, on a connection of one's own."""
    progress(0, 0)
    with Project.open(path, read_only=True) as project, known.at_work(project):
        rates, waiting = acceptance.rates(project), suggestions.counts(project)
        chosen, scheme = known.settings, known.scheme
        portraits = [_portrait(each, known, rates, waiting) for each in suggesters.ranked(chosen)]
        on = frozenset(
            each.id for each in suggesters.suggesters() if suggesters.is_on(each, chosen)
        )
        kinds = {kind: chosen.label_of(kind, scheme) for kind in labels.KINDS}
    return Overview(portraits, on, kinds)


def _portrait(
    suggester: Suggester, known: Known, rates: Rates, waiting: dict[tuple[str, str], int]
) -> Portrait:
    chosen = known.settings
    lines = [
        _line(suggester, label_id, known.scheme, chosen, rates, waiting)
        for label_id in (label.id for label in known.scheme.labels)
        if (suggester.origin, label_id) in rates or waiting.get((suggester.origin, label_id))
    ]
    return Portrait(
        suggester.id,
        suggester.title,
        suggester.description,
        suggester.unable(known),
        round(suggesters.least(suggester, chosen) * 100),
        tuple(lines),
    )


def _line(
    suggester: Suggester,
    label_id: str,
    scheme: Scheme,
    chosen: Settings,
    rates: Rates,
    waiting: dict[tuple[str, str], int],
) -> RateLine:
    key = (suggester.origin, label_id)
    label, rate = scheme.label(label_id), rates.get(key, Rate())
    is_asked = key in chosen.asked
    sentence = suggesters.lowered_sentence(suggester, label, rate, is_asked=is_asked)
    is_hopeless = bool(sentence) and rate.share < HOPELESS
    return RateLine(label, rate, waiting.get(key, 0), sentence, is_hopeless, is_asked)


def _withdraw(path: Path, origin: str, progress: Progress) -> Changes:
    """Take the open suggestions of an origin away, on a connection of one's own."""
    progress(0, 0)
    with Project.open(path) as project:
        return suggestions.withdraw(project, [origin], progress)
