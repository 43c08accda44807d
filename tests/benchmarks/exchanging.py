"""Import, export and search over 10,000 articles, beside the bare statements for the same rows."""

import math
import sqlite3
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from annotator.core.scheme import read_scheme
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.resources import resource
from annotator.store import articles
from annotator.store.project import Project
from annotator.store.search.typed import match_expression
from tests.benchmarks.figures import Figure, median, timed

RUNS = 3
_ROWS = 400
"""Rows of one statement of the floor: no import can write them faster than this one does."""

PROMISED = ("brat", "doccano", "labelstudio", "iob2", "csv")
"""Formats that take at most three times as long as native JSONL, both ways."""

OTHERS = ("prodigy", "spacy-jsonl")

_TABLES = ("annotator", "article", "annotation", "fragment", "op", "row_change")


def figures(folder: Path, corpus: Path, project: Path) -> Iterator[Figure]:
    """Import `corpus` into `project`, which is new, and measure; the project stays for the others."""
    yield _importing(folder, corpus, project)
    yield _exporting(folder, project)
    yield from _formats(folder, project)
    yield from _searching(project)


def bring_in(corpus: Path, project: Path) -> None:
    """Make the project that the others measure, without measuring."""
    with _new(project) as made:
        import_paths(made, [corpus], ImportOptions(annotator="Ada"), progress=None)


def _importing(folder: Path, corpus: Path, kept: Path) -> Figure:
    def run() -> float:
        kept.unlink(missing_ok=True)
        with _new(kept) as project:
            options = ImportOptions(annotator="Ada")
            return timed(lambda: import_paths(project, [corpus], options, progress=None))

    value = median(run, RUNS)
    rows = _rows(kept)
    floor = median(lambda: _import_floor(folder / "floor.annot", corpus, rows), RUNS)
    count = len(rows["annotation"][1])
    return Figure(f"import 10,000 articles, {count:,} spans", value, "s", 5, floor, 3)


def _import_floor(path: Path, corpus: Path, rows: dict[str, tuple[str, list[Any]]]) -> float:
    """Parse every line and write the very rows that the import wrote, in one transaction."""
    path.unlink(missing_ok=True)
    with _new(path) as project:
        return timed(lambda: _write_rows(project.conn, corpus, rows))


def _write_rows(
    conn: sqlite3.Connection, corpus: Path, rows: dict[str, tuple[str, list[Any]]]
) -> None:
    with corpus.open("rb") as file:
        for line in file:
            orjson.loads(line)
    conn.execute("begin immediate")
    for start, values in rows.values():
        marks = f"({', '.join('?' * len(values[0]))})"
        for at in range(0, len(values), _ROWS):
            some = values[at : at + _ROWS]
            conn.execute(start + ", ".join([marks] * len(some)), list(chain.from_iterable(some)))
    conn.execute("commit")


def _rows(path: Path) -> dict[str, tuple[str, list[Any]]]:
    """Return all rows of each table, behind the beginning of a statement that inserts them."""
    conn = sqlite3.connect(path)
    found = {}
    for table in _TABLES:
        cursor = conn.execute(f"select * from {table}")
        names = ", ".join(f'"{column[0]}"' for column in cursor.description)
        found[table] = f"insert into {table} ({names}) values ", cursor.fetchall()
    conn.close()
    return found


def _exporting(folder: Path, path: Path) -> Figure:
    options = ExportOptions(format="jsonl")
    with Project.open(path, read_only=True) as project:
        out = folder / "out.jsonl"
        value = median(lambda: timed(lambda: export(project, out, options, progress=None)), RUNS)
        floor = median(lambda: timed(lambda: _export_floor(project, folder / "floor.jsonl")), RUNS)
    return Figure("export them as native JSONL", value, "s", 2, floor, 3)


def _export_floor(project: Project, out: Path) -> None:
    """Select the rows of every article and write them with orjson, nothing counted or compared."""
    fragments = project.conn.execute(
        """
        select article_id, annotation.id, label_id, annotation.state, attributes, note,
            annotation.annotator, origin, fragment.start, fragment."end", surface
        from article cross join annotation on article_id = article.id
        cross join fragment on annotation_id = annotation.id
        order by position
        """
    )
    waiting = next(fragments, None)
    with out.open("wb") as file:
        for id_, text, title in project.conn.execute(
            "select id, text, title from article order by position"
        ):
            annotations = []
            while waiting and waiting[0] == id_:
                (
                    _article,
                    annotation,
                    label,
                    state,
                    attributes,
                    note,
                    who,
                    origin,
                    start,
                    end,
                    surface,
                ) = waiting
                annotations.append(
                    {
                        "id": annotation,
                        "label": label,
                        "fragments": [[start, end]],
                        "text": surface,
                        "attributes": {} if attributes == "{}" else orjson.loads(attributes),
                        "note": note,
                        "annotator": who,
                        "origin": origin,
                        "state": state,
                    }
                )
                waiting = next(fragments, None)
            row = {"id": id_, "text": text, "meta": {"title": title}, "annotations": annotations}
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _formats(folder: Path, path: Path) -> Iterator[Figure]:
    """Write the articles in each format and read them into a new project, beside native JSONL."""
    out = {name: folder / f"out-{name}" for name in ("jsonl", *PROMISED, *OTHERS)}
    floor = 0.0
    with Project.open(path, read_only=True) as project:
        for name, place in out.items():
            options = ExportOptions(format=name)
            value = timed(lambda: export(project, place, options, progress=None))  # noqa: B023
            if name == "jsonl":
                floor = value
            else:
                yield _beside_native(f"export as {name}, beside native JSONL", value, floor, name)
    for name, place in out.items():
        value = _reading(folder / "again.annot", place, name)
        if name == "jsonl":
            floor = value
        else:
            yield _beside_native(f"import {name}, beside native JSONL", value, floor, name)


def _reading(path: Path, place: Path, name: str) -> float:
    path.unlink(missing_ok=True)
    options = ImportOptions(annotator="Ada", format=name)
    with _new(path) as project:
        return timed(lambda: import_paths(project, [place], options, progress=None))


def _beside_native(what: str, value: float, native: float, name: str) -> Figure:
    if name in PROMISED:
        return Figure(what, value, "s", 3 * native, native, 3)
    return Figure(what, value, "s", math.inf, native)


def _searching(path: Path) -> Iterator[Figure]:
    """Search rare words and words of nearly every article, the last one unfinished as in the box."""
    with Project.open(path, read_only=True) as project:
        for words in (_rare_words(project), "le dans", "po"):
            yield _search(project, words)


def _search(project: Project, words: str) -> Figure:
    query = "select rowid from article_search where article_search match ?"
    expression = match_expression(words)

    def ours() -> float:
        return timed(lambda: articles.ids(project, query=words)) * 1000

    def bare() -> float:
        return timed(project.conn.execute(query, [expression]).fetchall) * 1000

    found = len(articles.ids(project, query=words))
    return Figure(
        f"full-text query “{words}” ({found:,} found)", median(ours, 15), "ms", 20, median(bare, 15)
    )


def _rare_words(project: Project) -> str:
    (text,) = project.conn.execute("select text from article where position = 5000").fetchone()
    words = sorted(sorted({word for word in text.split() if word.isalpha()}), key=len)
    return f"{words[-1]} {words[len(words) // 2]}"


def _new(path: Path) -> Project:
    return Project.create(path, read_scheme(resource("schemes", "news.toml")))
