"""One article as it will stand in the files of an export: written aside by the same writer, and shown."""

from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.core.errors import UserError
from annotator.core.formats import Format
from annotator.exchange.exporting import ExportOptions, writer_of
from annotator.exchange.registry import format_named
from annotator.exchange.walking import Pace, Walk
from annotator.language import _
from annotator.store import articles
from annotator.store import corpus as store
from annotator.store.project import Project

_MOST = 200_000
"""Characters of all files together that are shown."""


def preview_article(project: Project, article_id: str, options: ExportOptions) -> str:
    """Return what the files of an export would say of one article, each below its name.

    Raises UserError when there is no such article, or it cannot be written as asked.
    """
    if not articles.exists(project, article_id):
        raise UserError(_("There is no article “{id}”.").format(id=article_id))
    format_ = format_named(options.format)
    with TemporaryDirectory() as folder, store.snapshot(project):
        walk = Walk(project, options.states, Pace(1, None), only=[article_id])
        target = _target(Path(folder), format_)
        writer = writer_of(format_, walk, options.how)
        for _loss in writer.write(target):
            pass
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        shown = writer.shown(target) or "\n\n".join(_shown(path) for path in files)
    return shown if len(shown) <= _MOST else f"{shown[:_MOST]}\n…"


def _target(folder: Path, format_: Format) -> Path:
    if format_.one_file:
        return folder / f"article{format_.extensions[0]}"
    target = folder / "article"
    target.mkdir()
    return target


def _shown(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read(_MOST)
    except UnicodeDecodeError:
        text = _("A binary file of {count} bytes.").format(count=path.stat().st_size)
    return f"── {path.name} ──\n{text}".rstrip("\n")
