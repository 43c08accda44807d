"""Suggesting quotes: how fast on a corpus, how the time grows with the length, how often it is right."""

import random
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.assist.suggesting import Options, suggest
from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import bulk
from annotator.store.project import Project
from annotator.suggest import quotes
from annotator.suggest.lexicon import Language, lexicon
from tests.benchmarks.figures import Figure, timed
from tests.suggest import gold
from tests.suggest.test_gold import FOLDERS

ARTICLES = 10_000
LENGTH = 2_500
SIZES = (250_000, 500_000, 1_000_000)
_WORD = re.compile(r"\w+|[^\w\s]")
_SHARE = 0.3
"""Paragraphs with quotes among those without: what makes about five quotes an article."""


def figures(folder: Path) -> Iterator[Figure]:
    """Suggest for a corpus as dense in quotes as newspapers are, and for one of nothing but quotes."""
    for what, share in (("news", _SHARE), ("nothing but quotes", 1.0)):
        yield from _corpus(folder, what, list(_articles(share)))
    for sign in ("«", '"', "—", "Unicode"):
        yield from _growth(sign)


def _corpus(folder: Path, what: str, texts: list[str]) -> Iterator[Figure]:
    path = folder / "suggest.annot"
    path.unlink(missing_ok=True)
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        rows = [
            LabelledArticle(Article(f"a{n}", text, language="fr"), [], [])
            for n, text in enumerate(texts)
        ]
        project.do(
            "Import", lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()), annotator="Ada"
        )
        characters = sum(map(len, texts))
        # The lexicon is read once, whoever asks first.
        quotes.find(texts[0], lexicon("fr"))
        seconds = timed(lambda: suggest(project, Options(only=("quotes",)), "Ada"))
        counted = [
            project.conn.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("annotation", "fragment", "link")
        ]
        found = project.conn.execute(
            "select count(*) from annotation where label_id = 'quote'"
        ).fetchone()[0]
    floor = timed(lambda: [_WORD.findall(text) for text in texts]) + _write(folder, counted)
    name = f"suggest, {what} ({found / len(texts):.0f} quotes an article)"
    million = characters / 1_000_000
    yield Figure(f"{name}, a million characters", seconds / million, "s", 1, floor / million)


def _write(folder: Path, counted: list[int]) -> float:
    """Return the seconds for as many bare rows as suggesting writes, with the indexes that they need."""
    path = folder / "floor.sqlite"
    path.unlink(missing_ok=True)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("pragma journal_mode = wal")
    conn.execute("create table annotation (id integer primary key, a, b, c, d, e, f)")
    conn.execute("create table fragment (id integer primary key, a, b, c, d)")
    conn.execute("create table link (id integer primary key, a, b, c)")
    conn.execute("create index link_to on link (c)")
    wide, narrow = ("x" * 36, "y" * 36, "quote", 1, 2, "z" * 120), ("x" * 36, 1, 2, "w" * 80)

    def write() -> None:
        conn.execute("begin")
        conn.executemany(
            "insert into annotation (a, b, c, d, e, f) values (?, ?, ?, ?, ?, ?)",
            [wide] * counted[0],
        )
        conn.executemany(
            "insert into fragment (a, b, c, d) values (?, ?, ?, ?)", [narrow] * counted[1]
        )
        conn.executemany(
            "insert into link (a, b, c) values (?, ?, ?)",
            [(str(n), "source", str(n * 7919)) for n in range(counted[2])],
        )
        conn.execute("commit")

    seconds = timed(write)
    conn.close()
    return seconds


def _growth(sign: str) -> Iterator[Figure]:
    """Show that twice the text takes twice the time; the goal is what the shortest one promises."""
    shortest = 0.0
    for size in SIZES:
        text = _random(size) if sign == "Unicode" else sign * size
        measured = min(_milliseconds(text) for _run in range(3))
        floor = min(timed(lambda text=text: _WORD.findall(text)) for _run in range(3)) * 1000
        shortest = shortest or measured
        goal = shortest * size / SIZES[0] * 1.25
        yield Figure(f"suggest on {size:,} of {sign}", measured, "ms", goal, floor)


def _milliseconds(text: str) -> float:
    start = time.perf_counter()
    quotes.find(text, lexicon("fr"))
    return (time.perf_counter() - start) * 1000


def _random(size: int) -> str:
    dice = random.Random(11)
    planes = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x6FF), (0x2000, 0x206F), (0x1F300, 0x1FAFF)]
    return "".join(chr(dice.randint(*dice.choice(planes))) for _character in range(size))


def _articles(share: float) -> Iterator[str]:
    """Yield texts of LENGTH made of the paragraphs of the gold, so many with quotes among the others."""
    dice = random.Random(5)
    quoted, plain = _paragraphs()
    for number in range(ARTICLES):
        parts = [f"{number}. "]
        while sum(map(len, parts)) < LENGTH:
            parts.append(dice.choice(quoted if dice.random() < share else plain) + "\n\n")
        yield "".join(parts)[:LENGTH]


def _paragraphs() -> tuple[list[str], list[str]]:
    """Return the French paragraphs with quotes, and the sentences of the gold without any."""
    quoted, plain = [], []
    for text in gold.texts(language="fr"):
        ranges = [
            range_
            for quote in text.quotes
            for range_ in (*quote.content, *quote.cue, *quote.sources)
        ]
        for match in re.finditer(r"[^\n]+", text.text):
            has_quote = any(a < match.end() and b > match.start() for a, b in ranges)
            if has_quote:
                quoted.append(match[0])
            elif len(match[0]) > 60:
                plain.append(match[0])
    return quoted, plain


def show_quality() -> None:
    """Print how often the finder is right, on both sets of texts annotated by hand, by pattern."""
    for name, folder in FOLDERS.items():
        languages: tuple[Language, ...] = ("fr", "en")
        for language in languages:
            _show_scores(name, language, _scores(folder, language))


def _scores(folder: Path, language: Language) -> gold.Scores:
    scores = gold.Scores()
    for text in gold.texts(folder, language):
        found = quotes.find(text.text, lexicon(language), with_speakers=True)
        gold.add(scores, text.quotes, found, lambda each: [s.range for s in each.speakers])
    return scores


def _show_scores(name: str, language: str, scores: gold.Scores) -> None:
    print(
        f"\nquotes of the {name} texts, {language}{'':16} right proposed wanted     P     R     F"
    )
    rows = {
        "direct, exact fragments": scores.exact,
        "direct, overlap": scores.direct,
        "indirect and selon, overlap": scores.indirect,
        "all": scores.every,
        "cue, of the quotes found": scores.cue,
        "first source, of the quotes found": scores.source,
        "source among the five": scores.five,
    }
    for what, score in rows.items():
        _show_row(what, score)
    for pattern in sorted(scores.recall):
        _show_row(f"  recall, {pattern}", scores.recall[pattern], is_recall=True)
    for pattern in sorted(scores.precision):
        _show_row(f"  precision, rule {pattern}", scores.precision[pattern])


def _show_row(what: str, score: gold.Score, *, is_recall: bool = False) -> None:
    proposed = score.proposed or "–"
    wanted = score.wanted or "–"
    precision = f"{score.precision:.3f}" if score.proposed and not is_recall else "–"
    recall = f"{score.recall:.3f}" if score.wanted else "–"
    f = f"{score.f:.3f}" if score.proposed and score.wanted and not is_recall else "–"
    print(f"{what:42} {score.right:>5} {proposed:>8} {wanted:>6} {precision:>5} {recall:>5} {f:>5}")
