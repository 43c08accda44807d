"""Which project to open: asks for files, makes new ones, copies the sample, brings a backup back."""

import shutil
from pathlib import Path

import platformdirs
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.core.errors import UserError
from annotator.core.scheme import read_scheme
from annotator.language import _
from annotator.resources import resource
from annotator.store.project import Project

SUFFIX = ".annot"


def ask_for_new(parent: QWidget) -> Path | None:
    """Ask where a new project goes; None when the user thought better of it."""
    chosen, _filter = QFileDialog.getSaveFileName(
        parent,
        _("New project"),
        str(_documents() / (_("My project") + SUFFIX)),
        _projects(),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return with_suffix(Path(chosen)) if chosen else None


def ask_for_project(parent: QWidget) -> Path | None:
    """Ask which project to open."""
    chosen, _filter = QFileDialog.getOpenFileName(
        parent, _("Open a project"), str(_documents()), _projects()
    )
    return Path(chosen) if chosen else None


def with_suffix(path: Path) -> Path:
    """Return the path with the ending of projects."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def is_project(path: Path) -> bool:
    """Tell by its name whether a dropped file is meant to be opened."""
    return path.suffix == SUFFIX and path.is_file()


def make(path: Path, annotator: str) -> Project:
    """Make a project with the scheme for news. Raises UserError when the file exists."""
    return Project.create(path, read_scheme(resource("schemes", "news.toml")), annotator=annotator)


def sample_path() -> Path:
    """Return where the user's own copy of the sample project is kept."""
    folder = Path(platformdirs.user_data_dir("annotator", appauthor=False))
    return folder / (_("Sample") + SUFFIX)


def make_sample(path: Path) -> None:
    """Make the sample project from the articles that ship with us; they fill it in one deed."""
    from annotator.exchange.importing import ImportOptions, import_paths

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    with make(beside, "sample") as project:
        options = ImportOptions(annotator="sample")
        import_paths(project, [resource("sample", "sample.jsonl")], options, progress=None)
    beside.replace(path)


def bring_back(path: Path, backup: Path) -> Path:
    """Copy a backup beside the damaged project, which stays as it is; return the copy."""
    number, copy = 1, path.with_name(f"{path.stem}-recovered{SUFFIX}")
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.stem}-recovered-{number}{SUFFIX}")
    try:
        shutil.copyfile(backup, copy)
    except OSError as error:
        raise UserError(
            _("The backup {backup} cannot be copied to {copy}: {reason}.").format(
                backup=backup, copy=copy, reason=error.strerror
            )
        ) from error
    return copy


def _documents() -> Path:
    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()


def _projects() -> str:
    return _("Annotator projects") + f" (*{SUFFIX})"
