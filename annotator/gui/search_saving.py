"""Writes what a search shows as CSV, beside the window: lines, or the table of them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.exchange.csv_table import save_rows
from annotator.exchange.search_tables import (
    COLLOCATE,
    FREQUENCY,
    collocate_rows,
    frequency_rows,
    save_lines,
)
from annotator.gui.background import Background
from annotator.gui.session import Session
from annotator.gui.tasks import Progress
from annotator.language import _, n_
from annotator.store.project import Project
from annotator.store.search.collocates import Collocate
from annotator.store.search.finding import Hit
from annotator.store.search.frequencies import Frequency


def ask_path(parent: QWidget, project: Path, kind: str) -> Path | None:
    """Ask for a file to write to; None when nobody chose one. `kind` is a part of the name offered."""
    chosen, _filter = QFileDialog.getSaveFileName(
        parent,
        _("Save as CSV"),
        str(project.with_name(f"{project.stem}-{kind}.csv")),
        _("CSV tables (*.csv)"),
    )
    out = Path(chosen)
    return (out if out.suffix else out.with_suffix(".csv")) if chosen else None


class SearchSaving:
    """Each way of writing is a task; the status line says how far it is, and then how many rows it has."""

    def __init__(self, session: Session, background: Background) -> None:
        self._session = session
        self._background = background

    def lines(self, hits: Sequence[Hit], out: Path) -> None:
        """Write results with the words around them, in their order."""
        self._run(partial(_save_lines, self._session.project.path, tuple(hits), out))

    def frequencies(self, found: Sequence[Frequency], out: Path) -> None:
        """Write how many results there are of each."""
        self._run(partial(_save_frequencies, tuple(found), out))

    def collocates(self, found: Sequence[Collocate], out: Path) -> None:
        """Write which words stand near."""
        self._run(partial(_save_collocates, tuple(found), out))

    def _run(self, work: "partial[int]") -> None:
        task = self._background.run(_("Writing the table"), work)
        task.finished.connect(self._tell)

    def _tell(self, count: int) -> None:
        told = n_("{n} row written as CSV.", "{n} rows written as CSV.", count)
        self._session.told.emit(told.format(n=QLocale().toString(count)))


def _save_lines(project: Path, hits: Sequence[Hit], out: Path, progress: Progress) -> int:
    with Project.open(project, read_only=True) as opened:
        return save_lines(opened, hits, out, progress)


def _save_frequencies(found: Sequence[Frequency], out: Path, progress: Progress) -> int:
    return save_rows(FREQUENCY, frequency_rows(found), out, progress, len(found))


def _save_collocates(found: Sequence[Collocate], out: Path, progress: Progress) -> int:
    return save_rows(COLLOCATE, collocate_rows(found), out, progress, len(found))
