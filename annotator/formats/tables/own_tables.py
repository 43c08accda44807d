"""The tables of an export of ours, read back: articles with their annotations, links and entities."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from annotator.core.corpus import Found, Foundation, LabelledArticle, Textless
from annotator.core.ids import new_id
from annotator.core.metadata import FIELDS
from annotator.core.model import Article, ArticleState, Entity, Link, Problem, Remark
from annotator.core.scheme import Scheme
from annotator.core.text import LineEnds
from annotator.formats.lines import Line
from annotator.formats.register import from_row
from annotator.formats.spans import Tally
from annotator.formats.tables.cells import Column, column_of, unguarded
from annotator.formats.tables.own_table import RowsByArticle, Table, rows_by_article
from annotator.formats.tables.rows import ANNOTATION, ARTICLE, LINK, TEXTLESS
from annotator.formats.tables.spans import LinkRows, SpanRows
from annotator.language import _, n_

_STATES = {state.value: state for state in ArticleState}
_NEEDED = {
    "annotations": ("article", "label", "start", "end"),
    "links": ("article", "type", "from", "to"),
    "entities": ("id", "name"),
}
"""The columns without which a table is not what its name says."""

Tables = Mapping[str, Table]
"""The tables there are, by their names in `table_rows.NAMES`; "articles" is among them."""


def are_own(headings: Sequence[str]) -> bool:
    """Tell the headings of articles in an export of ours from those of any other table."""
    return set(ARTICLE) <= set(headings) or set(TEXTLESS) <= set(headings)


def read_tables(tables: Tables, scheme: Scheme, place: str) -> Iterator[Found]:
    """Yield the scheme and the register, then the articles with all that other tables say of them."""
    strange = [
        name for name in tables if not set(_NEEDED.get(name, ())) <= set(tables[name].headings)
    ]
    for name in strange:
        told = _("It lacks the columns of such a table ({names}); it was left out.")
        yield Problem(tables[name].name, told.format(names=", ".join(_NEEDED[name])))
    tables = {name: table for name, table in tables.items() if name not in strange}
    entities: list[Entity] = []
    for row in tables["entities"].rows() if "entities" in tables else ():
        found = row if isinstance(row, Problem) else _entity(tables["entities"], row)
        if isinstance(found, Problem):
            yield found
        else:
            entities.append(found)
    yield Foundation(scheme, tuple(entities), place)
    reading = _Reading(tables, {entity.id for entity in entities})
    for row in tables["articles"].rows():
        if isinstance(row, Problem):
            yield row
        else:
            yield from reading.article(row)
    yield from reading.rest(place)


def _entity(table: Table, row: Line) -> Entity | Problem:
    cells = dict(zip(table.headings, map(unguarded, row.value), strict=False))
    return from_row(cells) or Problem(row.place, _("An entity has no id or no name."))


class _Reading:
    """Makes articles of their rows in all tables. `known` are the entities that came already."""

    def __init__(self, tables: Tables, known: set[str]) -> None:
        articles = tables["articles"]
        annotations = tables.get("annotations", Table("", ANNOTATION, lambda: iter(())))
        links = tables.get("links", Table("", LINK, lambda: iter(())))
        order = _order(articles)
        self._known = known
        self._seen: set[str] = set()
        self._tally = Tally()
        self._pick = articles.picking(("article", *FIELDS, "state", "text", "sha256"))
        self._meta = _free_columns(articles)
        self._pick_meta = articles.picking([heading for _column, heading in self._meta])
        self._pick_entity = annotations.picking(("entity_id", "entity"))
        self._annotations = rows_by_article(annotations, order)
        self._links = rows_by_article(links, order)
        self._spans = SpanRows(annotations, self._tally)
        self._joins = LinkRows(links)
        self._strange = [
            heading
            for heading in annotations.headings
            if heading.strip() and heading not in ANNOTATION and not column_of(heading)
        ]

    def article(self, row: Line) -> Iterator[Found]:
        """Yield what is in a row of articles, and in the rows of other tables that belong to it."""
        id_, *fields, state, raw, sha256 = self._pick(row.value)
        known = dict(zip(FIELDS, fields, strict=True))
        if id_ in self._seen:
            yield Problem(row.place, _("The id {id} stands twice.").format(id=id_))
        self._seen.add(id_)
        if state not in _STATES and state:
            told = _("The state “{state}” is unknown; “todo” was taken.")
            yield Problem(row.place, told.format(state=state))
        annotations = yield from self._taken(self._annotations, id_)
        links = yield from self._taken(self._links, id_)
        yield from self._unknown_entities(annotations, row.place)
        meta = yield from self._metadata(row)

        def whole(text: str) -> Iterator[LabelledArticle | Problem]:
            spans, problems = self._spans.read(annotations, text)
            joins = list(self._joins.read(links, {span.annotation for span in spans}))
            yield from problems
            yield from (each for each in joins if isinstance(each, Problem))
            article = Article(id_ or new_id(), text, **known, meta=meta, state=_state(state))
            sound = [each for each in joins if isinstance(each, Link)]
            yield LabelledArticle(article, spans, sound, place=row.place)

        text = LineEnds(raw).text if "\r" in raw else raw
        if text.strip():
            yield from whole(text)
        elif sha256:
            yield Textless(sha256, whole, row.place)
        else:
            yield Problem(row.place, _("Its text is empty."))

    def rest(self, place: str) -> Iterator[Problem]:
        """Yield what is wrong with rows that no article took, and what was put right in all of them."""
        yield from self._annotations.left_over()
        yield from self._links.left_over()
        for unit, count in self._tally.units.items():
            told = n_(
                "Offsets count {unit} in {count} article; they were converted.",
                "Offsets count {unit} in {count} articles; they were converted.",
                count,
            )
            yield Remark(place, told.format(unit=unit, count=count))
        for heading in self._strange:
            told = _("The column “{name}” of the annotations was not taken over.")
            yield Remark(place, told.format(name=heading))

    def _taken(self, rows: RowsByArticle, article: str) -> Generator[Problem, None, list[Line]]:
        found, problems = rows.take(article)
        yield from problems
        return found

    def _unknown_entities(self, annotations: Sequence[Line], place: str) -> Iterator[Foundation]:
        """Yield the entities that only annotations name, before the article that refers to them."""
        for line in annotations:
            id_, name = self._pick_entity(line.value)
            if id_ and name and id_ not in self._known:
                self._known.add(id_)
                yield Foundation(Scheme(), (Entity(id_, name),), place)

    def _metadata(self, row: Line) -> Generator[Problem, None, dict[str, Any]]:
        meta = {}
        cells = self._pick_meta(row.value)
        for (column, heading), cell in zip(self._meta, cells, strict=True):
            try:
                if cell:
                    meta[column.name] = column.value(cell)
            except ValueError:
                told = _("“{key}” is not as it should be; it was left out.")
                yield Problem(row.place, told.format(key=heading))
        return meta


def _order(articles: Table) -> dict[str, int]:
    pick = articles.picking(["article"])
    ids = (pick(row.value)[0] for row in articles.rows() if isinstance(row, Line))
    return {id_: number for number, id_ in enumerate(ids)}


def _free_columns(articles: Table) -> list[tuple[Column, str]]:
    """Return the columns of further metadata, ours and those that somebody added."""
    fixed = {*ARTICLE, *TEXTLESS, ""}
    return [
        (column_of(heading) or Column("meta", heading.strip(), is_json=False), heading)
        for heading in articles.headings
        if heading not in fixed
    ]


def _state(name: str) -> ArticleState:
    return _STATES.get(name, ArticleState.TODO)
