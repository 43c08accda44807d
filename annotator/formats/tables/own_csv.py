"""CSV tables of an export of ours: articles.csv with the tables and the scheme that stand beside it."""

from collections.abc import Iterator
from pathlib import Path

from annotator.core.corpus import Found
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Problem
from annotator.core.scheme import Scheme, read_scheme
from annotator.core.text import readable
from annotator.formats.lines import Line, open_utf8, refusal, remark, text_of
from annotator.formats.tables.cells import unguarded
from annotator.formats.tables.csv_rows import csv_rows
from annotator.formats.tables.own_table import Table, rows_below
from annotator.formats.tables.own_tables import are_own, read_tables
from annotator.formats.tables.rows import NAMES


def is_own(path: Path, how: Reading = AS_IT_IS) -> bool:
    """Tell the table of articles in an export of ours by its headings."""
    return not how.columns and are_own(_headings(path, how))


def beside(path: Path) -> tuple[Path, ...]:
    """Return the other tables of an export of ours, for that of its articles."""
    stem = path.name.removesuffix("articles.csv")
    if stem == path.name or not is_own(path):
        return ()
    others = (path.with_name(f"{stem}{name}.csv") for name in NAMES[1:])
    return tuple(other for other in others if other.is_file())


def read(path: Path, how: Reading) -> Iterator[Found]:
    """Yield what an export of ours holds, its scheme too if that stands beside."""
    name = readable(path.name)
    scheme = Scheme()
    try:
        opened = open_utf8(path, how.encoding)
        opened.file.close()
        yield from remark(opened, name)
        scheme = _scheme(path)
    except (UserError, OSError) as error:
        yield refusal(error, name)
    stem = path.stem.removesuffix("articles")
    tables = {other.stem.removeprefix(stem): _table(other, how) for other in (path, *beside(path))}
    yield from read_tables(tables, scheme, name)


def _scheme(path: Path) -> Scheme:
    """Return the scheme that the export left in the folder, or above that of a part of a split."""
    above = path.parent.parent
    places = [path.parent, *([above] if (above / "report.json").is_file() else [])]
    found = (place / "scheme.toml" for place in places)
    return next((read_scheme(each) for each in found if each.is_file()), Scheme())


def _table(path: Path, how: Reading) -> Table:
    name = readable(path.name)
    headings = _headings(path, how)

    def rows() -> Iterator[Line | Problem]:
        try:
            opened = open_utf8(path, how.encoding)
        except (UserError, OSError) as error:
            yield refusal(error, name)
            return
        with text_of(opened) as file:
            found = csv_rows(file, name)
            next(found, None)
            yield from rows_below(found, len(headings))

    return Table(name, headings, rows)


def _headings(path: Path, how: Reading) -> list[str]:
    """Return the first row of a table without guards; none where it cannot be read."""
    try:
        with text_of(open_utf8(path, how.encoding)) as file:
            header = next(csv_rows(file, ""), None)
    except (UserError, OSError):
        return []
    return list(map(unguarded, header.value)) if isinstance(header, Line) else []
