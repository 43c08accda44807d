"""The large project of the benchmarks: 100,000 articles and a million annotations, the same at every call.

Nobody wrote or labelled these: words are drawn by Zipf's law from French words and made-up ones, names
from 20,000 strings, some of which have two labels. Three articles of ten are done, a third of those
within sixty days by hand, of which every gesture stands in the history; the rest was imported.
"""

import os
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from annotator.core.scheme import read_scheme
from annotator.core.text import digest
from annotator.resources import resource
from annotator.store import rows
from annotator.store.deed import to_json
from annotator.store.project import Project
from tests.benchmarks.large_text import Body, Found, Prose, body

ARTICLES = 100_000

EACH = 10
"""Annotations of an article; a few more lie within others."""

LAST_DAY = datetime(2026, 10, 30, tzinfo=UTC)
DAYS = 60
"""Days of work that the history tells of, up to `LAST_DAY`."""

ANNOTATORS = ("Ada", "Bruno", "Chantal", "Driss", "Élodie", "Fanny")

_PAPERS = ("Le Journal de", "La Presse de", "L’Écho de", "Le Courrier de")
_TOWNS = ("Lyon", "Montréal", "Genève", "Nantes", "Québec", "Liège", "Dakar", "Lille")
_NEWSPAPERS = tuple(f"{paper} {town}" for paper in _PAPERS for town in _TOWNS)

_SUGGESTERS = ("names", "model", "patterns")
_REJECTED = dict(zip(_SUGGESTERS, (0.2, 0.36, 0.12), strict=True))
"""Of what each suggested in articles that are done, the part that was turned down."""

_BATCH = 2_000
"""Articles written at a time."""

_COLUMNS = {
    "article": "position id title author published source language state sha256 created text",
    "annotation": "id article_id label_id start end state entity_id attributes annotator origin score"
    " reason created updated settled",
    "fragment": "annotation_id n start end surface",
    "link": "id type from_id to_id annotator created",
    "seconds": "article_id annotator seconds",
    "op": "seq id article_id name annotator at",
    "row_change": "op_seq n table row_id before after",
}
_ANNOTATION = _COLUMNS["annotation"].split()


def make(path: Path, articles: int = ARTICLES) -> None:
    """Write the project; a smaller one has fewer articles, drawn from as many names."""
    path.unlink(missing_ok=True)
    dice = random.Random(42)
    prose = Prose(dice, 20_000, 4_000)
    scheme = read_scheme(resource("schemes", "news.toml"))
    with Project.create(path, scheme) as project, _without_indexes(project.conn):
        _register(project.conn, prose)
        _Writing(project.conn, dice, prose, articles).write()


def shared(folder: Path) -> Path:
    """Return the large project of this run, made at the first call.

    ANNOTATOR_BENCH_LARGE may name one that stands already, for whoever measures a part again and again.
    """
    path = folder / "large.annot"
    if path.exists():
        return path
    if standing := os.environ.get("ANNOTATOR_BENCH_LARGE"):
        shutil.copyfile(standing, path)
    else:
        make(path)
    return path


@contextmanager
def _without_indexes(conn: sqlite3.Connection) -> Iterator[None]:
    """Write with neither index nor trigger nor regard for a power cut, and make the indexes afterwards."""
    made = conn.execute(
        "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql <> ''"
    ).fetchall()
    for statement in ("journal_mode = off", "synchronous = off", "foreign_keys = off"):
        conn.execute(f"pragma {statement}")
    conn.execute("pragma cache_size = -400000")
    for kind, name, _sql in made:
        conn.execute(f'drop {kind} "{name}"')
    conn.execute("begin")
    yield
    for _kind, _name, sql in made:
        conn.execute(sql)
    conn.execute("insert into article_search (article_search) values ('rebuild')")
    conn.execute("commit")


def _register(conn: sqlite3.Connection, prose: Prose) -> None:
    conn.executemany(
        "insert into annotator (name, created) values (?, ?)",
        [(name, _stamp(LAST_DAY)) for name in ANNOTATORS],
    )
    conn.executemany(
        "insert into entity (id, name, kind, aliases) values (?, ?, ?, ?)",
        [
            (_id("e", n), each.name, each.kind, to_json(each.aliases))
            for n, each in enumerate(prose.entities)
        ],
    )


class _Writing:
    """Draws article after article and writes them, with all that belongs to them, in batches."""

    def __init__(
        self, conn: sqlite3.Connection, dice: random.Random, prose: Prose, articles: int
    ) -> None:
        self._conn = conn
        self._dice = dice
        self._prose = prose
        self._articles = articles
        self._rows: dict[str, list[Any]] = {table: [] for table in _COLUMNS}
        self._annotations = self._links = 0
        self._ops = 1
        self._imported = _stamp(LAST_DAY - timedelta(days=DAYS + 30))
        self._clock = LAST_DAY

    def write(self) -> None:
        self._rows["op"] += (1, _id("o", 1), None, "Import", ANNOTATORS[0], self._imported)
        for number in range(self._articles):
            self._article(number)
            if number % _BATCH == _BATCH - 1:
                self._flush()
        self._flush()

    def _flush(self) -> None:
        for table, values in self._rows.items():
            rows.insert_many(self._conn, table, _COLUMNS[table].split(), values)
            values.clear()

    def _article(self, number: int) -> None:
        state = _state(number)
        language = "en" if number % 7 == 6 else "fr"
        id_ = _id("a", number)
        drawn = body(self._prose, self._dice, number, language, EACH)
        day = datetime(2016, 11, 1, tzinfo=UTC) + timedelta(days=number * 730 // self._articles)
        self._rows["article"] += (
            number + 1,
            id_,
            f"{drawn.text.split('. ', 1)[0][:70].split(') ', 1)[-1]} ({number})",
            self._dice.choice(self._prose.people).text if number % 3 else "",
            day.date().isoformat(),
            _NEWSPAPERS[number * 7 % len(_NEWSPAPERS)],
            language,
            state,
            digest(drawn.text),
            self._imported,
            drawn.text,
        )
        self._rows["row_change"] += (1, number, "article", id_, None, None)
        annotator = ANNOTATORS[number // 10 % len(ANNOTATORS)]
        if is_worked := number % 10 == 1:
            self._sit_down(number)
        self._label(drawn, id_, state, annotator, is_worked=is_worked)
        if is_worked:
            was, now = {"state": "in_progress"}, {"state": "done"}
            self._op("Mark as done", id_, annotator, ("article", id_, was, now))
        if state == "done":
            self._rows["seconds"] += (id_, annotator, 120 + 300 * self._dice.random())

    def _sit_down(self, number: int) -> None:
        """Set the clock: work goes on through the days, from nine to five, each at the own desk."""
        turn, every = number // 10, -(-self._articles // 10)
        day, of_day = divmod(turn * DAYS, every)
        morning = LAST_DAY - timedelta(days=DAYS - 1 - day) + timedelta(hours=9)
        self._clock = morning + timedelta(hours=8 * of_day / every)

    def _label(
        self, drawn: Body, article: str, state: str, annotator: str, *, is_worked: bool
    ) -> None:
        first = self._annotations
        self._annotations += len(drawn.found)
        for n, found in enumerate(drawn.found):
            self._annotation(drawn, n, first, article, state, annotator, is_worked=is_worked)
            for type_, to in found.links:
                self._links += 1
                ends = (_id("b", first + n), _id("b", first + to))
                self._rows["link"] += (_id("c", self._links), type_, *ends, annotator)
                self._rows["link"].append(self._imported)

    def _annotation(
        self,
        drawn: Body,
        n: int,
        first: int,
        article: str,
        article_state: str,
        annotator: str,
        *,
        is_worked: bool,
    ) -> None:
        found = drawn.found[n]
        id_ = _id("b", first + n)
        state, origin, settled = self._fate(found, article_state, is_worked=is_worked)
        at = _stamp(self._clock) if is_worked else self._imported
        image = (
            id_,
            article,
            found.label,
            found.ranges[0][0],
            found.ranges[-1][1],
            state,
            self._entity(found),
            '{"type":"direct"}' if found.label == "quote" else "{}",
            annotator,
            origin,
            round(0.5 + self._dice.random() / 2, 3) if origin not in ("hand", "import") else None,
            "",
            at,
            at,
            settled,
        )
        self._rows["annotation"] += image
        for m, (start, end) in enumerate(found.ranges):
            self._rows["fragment"] += (id_, m, start, end, drawn.text[start:end])
        if not is_worked or state == "suggested":
            return
        if origin == "hand":
            after = dict(zip(_ANNOTATION, image, strict=True)) | {
                "note": "",
                "fragments": [[s, e, drawn.text[s:e]] for s, e in found.ranges],
            }
            self._op(
                f"Label {found.label.upper()}", article, annotator, ("annotation", id_, None, after)
            )
        else:
            was, now = {"state": "suggested", "settled": ""}, {"state": state, "settled": settled}
            name = "Accept" if state == "accepted" else "Reject"
            self._op(name, article, annotator, ("annotation", id_, was, now))

    def _fate(self, found: Found, article: str, *, is_worked: bool) -> tuple[str, str, str]:
        """Return state, origin and what became of the suggestion."""
        dice = self._dice.random()
        is_quote = found.label in ("quote", "cue")
        if article != "done":
            is_open = dice < (0.2 if is_quote else 0.145) and (is_quote or found.name is not None)
            if not is_open:
                return "accepted", "import", ""
            return "suggested", "quote rules" if is_quote else self._suggester(), ""
        if is_quote or dice < 0.6:
            return "accepted", "hand" if is_worked or dice < 0.4 else "import", ""
        origin = self._suggester()
        if self._dice.random() < _REJECTED[origin] * 1.1:
            return "rejected", origin, ""
        return "accepted", origin, "changed" if dice > 0.96 else "unchanged"

    def _suggester(self) -> str:
        (origin,) = self._dice.choices(_SUGGESTERS, cum_weights=(6, 9, 10))
        return origin

    def _entity(self, found: Found) -> str | None:
        if found.name is None or found.name.entity < 0 or self._dice.random() > 0.8:
            return None
        return _id("e", found.name.entity)

    def _op(
        self, name: str, article: str, annotator: str, change: tuple[str, str, Any, Any]
    ) -> None:
        """Note a gesture, some seconds after the one before it."""
        self._ops += 1
        self._clock += timedelta(seconds=5 + 55 * self._dice.random() ** 2)
        table, row_id, before, after = change
        self._rows["op"] += (self._ops, _id("o", self._ops), article, name, annotator)
        self._rows["op"].append(_stamp(self._clock))
        self._rows["row_change"] += (self._ops, 0, table, row_id, to_json(before), to_json(after))


def _state(number: int) -> str:
    tenth = number % 10
    if tenth < 3:
        return "done"
    return "in_progress" if tenth == 3 else "flagged" if number % 50 == 7 else "todo"


def _id(kind: str, number: int) -> str:
    """Return an id in the shape of a UUID that grows with its number."""
    return f"0199{kind}000-{number >> 16:04x}-7000-8000-{number:012x}"


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


if __name__ == "__main__":
    begun = time.perf_counter()
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES)
    print(f"{time.perf_counter() - begun:.0f} s")
