"""`annotator search`: words, expressions and annotations of a corpus, each in its context."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import progress, put, put_json, put_table, tell
from annotator.language import _, n_

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.core.query.tree import Query
    from annotator.store.project import Project
    from annotator.store.search.finding import Found, Hit
    from annotator.store.search.lines import Line

_ORDERS = ("reading", "left", "right", "words", "label", "date", "source")
_GROUPS = (
    *("words", "label", "entity", "state", "annotator", "origin"),
    *("source", "author", "language", "month", "year"),
)


@click.command(
    "search",
    # A query may begin with "-", which excludes.
    context_settings={"ignore_unknown_options": True},
    help=_(
        "Find words and annotations, each in its context.\n\n"
        "QUERY is what the search box takes, for example: climat label:Quote -source:Monde"
    ),
)
@project_argument
@click.argument("query", metavar=_("QUERY"))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
@click.option("--csv", "as_csv", is_flag=True, help=_("As CSV, for tables."))
@click.option(
    "--sort",
    type=click.Choice(_ORDERS),
    default="reading",
    show_default=True,
    help=_("Order of the lines; left and right are the words beside, the nearest first."),
)
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", help=_("At most so many; by default all.")
)
@click.option(
    "--width",
    type=click.IntRange(0, 1_000),
    default=40,
    show_default=True,
    metavar="N",
    help=_("Characters to either side."),
)
@click.option("--count", is_flag=True, help=_("Only how many there are."))
@click.option("--frequencies", type=click.Choice(_GROUPS), help=_("Only how often they have what."))
@click.option("--collocates", is_flag=True, help=_("Only what words stand near them."))
def command(
    project: Path,
    query: str,
    as_json: bool,
    as_csv: bool,
    sort: str,
    limit: int | None,
    width: int,
    count: bool,
    frequencies: str | None,
    collocates: bool,
) -> None:
    """Find, then print what was asked for: lines, a number or a table."""
    from annotator.core.query.parsing import parse
    from annotator.store.project import Project
    from annotator.store.search.finding import MOST

    if count + bool(frequencies) + collocates > 1:
        raise click.UsageError(_("--count, --frequencies and --collocates exclude one another."))
    asked = _understood(query, parse)
    with Project.open(project, read_only=True) as opened:
        if count:
            _put_count(opened, asked, as_json=as_json)
            return
        most = MOST if limit is None or frequencies or collocates else limit
        found = _found(opened, asked, most)
        if frequencies:
            _put_frequencies(opened, found, frequencies, as_json=as_json, as_csv=as_csv)
        elif collocates:
            _put_collocates(opened, found, as_json=as_json, as_csv=as_csv)
        else:
            _put_lines(opened, found, sort, width, as_json=as_json, as_csv=as_csv)
            if not found.is_whole and limit is None:
                tell(_("These are the first {n}; there are more.").format(n=len(found.hits)))


def _understood(query: str, parse: Any) -> "Query":
    """Return the query; a mistake is shown below the place where it stands."""
    from annotator.core.query.tree import QueryError

    try:
        understood: Query = parse(query)
    except QueryError as error:
        _show_place(query, error.start, error.end)
        raise
    return understood


def _show_place(query: str, start: int, end: int) -> None:
    if query.strip() and query.isprintable():
        tell(f"  {query}")
        tell("  " + " " * start + "^" * max(1, end - start))


def _found(project: "Project", query: "Query", limit: int) -> "Found":
    from annotator.core.query.tree import QueryError
    from annotator.store.search.finding import find

    try:
        with progress(_("searching")) as shown:
            return find(project, query, limit=limit, progress=shown or _going_on)
    except QueryError as error:
        _show_place(query.text, error.start, error.end)
        raise


def _going_on(_done: int, _total: int) -> bool:
    return True


def _put_count(project: "Project", query: "Query", *, as_json: bool) -> None:
    from annotator.store.search.finding import stream

    articles: set[str] = set()
    results = 0
    for hit in stream(project, query):
        results += 1
        articles.add(hit.article)
    if as_json:
        put_json({"kind": query.kind.value, "results": results, "articles": len(articles)})
        return
    put(str(results))
    tell(_in_articles(results, len(articles)))


def _in_articles(results: int, articles: int) -> str:
    return n_("{n} result in {articles}.", "{n} results in {articles}.", results).format(
        n=results, articles=n_("{n} article", "{n} articles", articles).format(n=articles)
    )


def _put_lines(
    project: "Project", found: "Found", sort: str, width: int, *, as_json: bool, as_csv: bool
) -> None:
    from annotator.exchange.search_tables import LINE, line_rows
    from annotator.store.search.lines import Order, ordered

    hits = ordered(project, found.hits, Order(sort))
    if as_csv:
        _put_csv(LINE, line_rows(project, hits, width))
    elif as_json:
        lines = [_as_dict(line) for line in _lines(project, hits, width)]
        put_json({"kind": found.kind.value, "is_whole": found.is_whole, "results": lines})
    else:
        for line in _lines(project, hits, width):
            put(_aligned(line, width))
        tell(_in_articles(len(hits), len({hit.article for hit in hits})))


def _lines(project: "Project", hits: Sequence["Hit"], width: int) -> Iterable["Line"]:
    from annotator.store.search.lines import lines

    for at in range(0, len(hits), 500):
        yield from lines(project, hits[at : at + 500], width)


def _aligned(line: "Line", width: int) -> str:
    """Return a line of which the words found stand below those of the line before."""
    before, words, behind = (_one_line(part) for part in (line.before, line.words, line.behind))
    shown = f"{before[-width:] if width else '':>{width}}[{words}]{behind[:width]}"
    if not words:
        shown = behind[: 2 * width]
    told = " · ".join(filter(None, (line.label, line.entity, line.title, line.published)))
    return f"{shown:<{2 * width + len(words) + 2}}  {told}".rstrip()


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _as_dict(line: "Line") -> dict[str, Any]:
    hit = line.hit
    found = {
        "article": hit.article,
        "title": line.title,
        "published": line.published,
        "newspaper": line.source,
        "start": hit.start,
        "end": hit.end,
        "before": line.before,
        "words": line.words,
        "behind": line.behind,
    }
    if hit.annotation:
        found |= {
            "annotation": hit.annotation,
            "label": line.label,
            "entity": line.entity,
            "state": line.state,
            "annotator": line.annotator,
            "origin": line.origin,
            "score": line.score,
            "note": line.note,
        }
    return found


def _put_frequencies(
    project: "Project", found: "Found", by: str, *, as_json: bool, as_csv: bool
) -> None:
    from annotator.exchange.search_tables import FREQUENCY, frequency_rows
    from annotator.store.search.frequencies import Group, frequencies

    counted = frequencies(project, found.hits, Group(by))
    _put_rows(FREQUENCY, frequency_rows(counted), as_json=as_json, as_csv=as_csv)


def _put_collocates(project: "Project", found: "Found", *, as_json: bool, as_csv: bool) -> None:
    from annotator.exchange.search_tables import COLLOCATE, collocate_rows
    from annotator.store.search.collocates import collocates

    near = collocates(project, found.hits)
    _put_rows(COLLOCATE, collocate_rows(near), as_json=as_json, as_csv=as_csv)


def _put_rows(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, as_json: bool, as_csv: bool
) -> None:
    if as_csv:
        _put_csv(headings, rows)
    elif as_json:
        put_json(
            [
                {name: _value(name, cell) for name, cell in zip(headings, row, strict=True)}
                for row in rows
            ]
        )
    else:
        put_table([headings, *([cell or "–" for cell in row] for row in rows)])


def _value(heading: str, cell: str) -> str | int | float:
    """Return a count or a measure as the number it is; a word or a year stays what is written."""
    if heading in ("results", "articles", "count"):
        return int(cell)
    return float(cell) if heading in ("expected", "log_likelihood", "log_dice") else cell


def _put_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from annotator.formats.tables.cells import guarded

    with StringIO(newline="") as written:
        table = csv.writer(written, lineterminator="\n")
        table.writerow(headings)
        for row in rows:
            table.writerow(list(map(guarded, row)))
            click.echo(written.getvalue(), nl=False)
            written.seek(0)
            written.truncate()
        click.echo(written.getvalue(), nl=False)
