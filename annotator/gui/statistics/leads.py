"""Where a bar leads: to the articles it counts, to the search, or to an entity of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from annotator.core.model import ArticleState
from annotator.core.query.writing import quoted
from annotator.gui import asides, panels
from annotator.store import statistics, work
from annotator.store.statistics import Scope

if TYPE_CHECKING:  # The window is led somewhere.
    from annotator.gui.window import MainWindow
    from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles of a newspaper, in a state, of some months or some length; None leaves it open."""

    source: str | None = None
    state: str = ""
    months: tuple[str, str] | None = None
    lengths: tuple[int, int] | None = None

    def ids(self, project: Project) -> list[str]:
        """Return which articles these are."""
        return statistics.articles_with(
            project,
            source=self.source,
            state=self.state,
            months=self.months,
            lengths=self.lengths,
        )


@dataclass(frozen=True, slots=True)
class WorkedOn:
    """Articles that were annotated, or finished, on some days, half-open, by one annotator or by all."""

    first: date
    behind: date
    annotator: str = ""
    finished: bool = False

    def ids(self, project: Project) -> list[str]:
        """Return which articles these are."""
        return work.worked_on(
            project, self.first, self.behind, self.annotator, finished=self.finished
        )


@dataclass(frozen=True, slots=True)
class Search:
    """What a query of the search finds."""

    query: str


@dataclass(frozen=True, slots=True)
class ToEntity:
    """An entity of the register, with its mentions."""

    id: str


Lead = Articles | WorkedOn | Search | ToEntity


def follow(window: MainWindow, lead: Lead) -> None:
    """Show in the window what a bar counts."""
    if window.workspace is None or window.session is None:
        return
    if isinstance(lead, ToEntity):
        asides.show_entities(window, lead.id)
        return
    window.activateWindow()
    if isinstance(lead, Search):
        panels.search_for(window, lead.query)
    elif isinstance(lead, Articles) and lead == Articles(state=lead.state):
        panels.list_articles(window, None, ArticleState(lead.state))
    else:
        panels.list_articles(window, lead.ids(window.session.project))


def term(field: str, words: str) -> str:
    """Return a condition of a query."""
    return f"{field}:{quoted(words)}"


def within(lead: Lead, scope: Scope) -> Lead:
    """Return a lead that keeps to the annotator and the label that are counted.

    A query knows no day on which an annotation was made: that choice it cannot keep.
    """
    if not isinstance(lead, Search):
        return lead
    kept = lead.query
    if scope.annotator and "by:" not in kept:
        kept += " " + term("by", scope.annotator)
    if scope.label and "label:" not in kept:
        kept += " " + term("label", scope.label)
    return Search(kept)
