"""Counts what the corpus holds and how far it is; suggestions are never counted as work.

Each function asks for one picture, so that a page can show them one after the other. All of them
read on whatever connection they are given and write nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from annotator.core.model import ArticleState
from annotator.core.tokens import tokens
from annotator.store.annotations import claims_from_json
from annotator.store.deed import to_json
from annotator.store.project import Project

SAMPLE = 400
"""Articles, spread evenly, in which tokens and the lengths of annotations are counted."""

_LONGEST = 80
"""Code points of words that are kept in the index: longer ones are no names."""


_LOOKED_AT = 2_000
"""Annotations of a label that say whether it refers to entities."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: the annotations of one annotator, of one label, made `since` a moment.

    "" leaves each open. `since` is UTC in ISO 8601, as in the tables.
    """

    annotator: str = ""
    label: str = ""
    since: str = ""

    @property
    def is_open(self) -> bool:
        """Whether everything is counted, so that an index has the answer."""
        return not (self.annotator or self.since)


EVERYTHING = Scope()


class Lengths(NamedTuple):
    """How many articles have a length, in code points, and what a sample says of tokens.

    `spans` has the lengths of annotations of each label in the sample, `sampled` its articles.
    """

    characters: Mapping[int, int]
    tokens: int
    token_characters: int
    spans: Mapping[str, list[int]]
    sampled: int


class Fate(NamedTuple):
    """What became of the suggestions of an origin for a label."""

    unchanged: int = 0
    changed: int = 0
    rejected: int = 0
    open: int = 0


class Named(NamedTuple):
    """An entity or words without one, and how often it is labelled so."""

    id: str
    name: str
    label: str
    number: int


class Cell(NamedTuple):
    """A label in a newspaper in a month, "2018-04", "" where the article has no date."""

    label: str
    source: str
    month: str


def states(project: Project) -> dict[tuple[str, ArticleState], int]:
    """Return how many articles of each newspaper are in each state."""
    return {
        (source, ArticleState(state)): count
        for source, state, count in project.conn.execute(
            "select source, state, count(*) from article group by source, state"
        )
    }


def labels(project: Project, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Return how many accepted annotations each label has, by its id."""
    if not scope.is_open:
        return {label: count for (label,), count in _tally(project, "label_id", scope).items()}
    conditions, values = _conditions(scope)
    return dict(
        project.conn.execute(
            f"""
            select label_id, count(*) from annotation
            where state = 'accepted' {conditions} group by label_id
            """,
            values,
        ).fetchall()
    )


def spread(project: Project, scope: Scope = EVERYTHING) -> Counter[Cell]:
    """Return how many accepted annotations there are by label, newspaper and month of publication."""
    places: dict[tuple[str, str], int] = {}
    of_article = {
        article_id: places.setdefault((source, month), len(places))
        for article_id, source, month in project.conn.execute(
            "select id, source, substr(published, 1, 7) from article"
        )
    }
    where = list(places)
    found: Counter[Cell] = Counter()
    for label, articles in _articles_of_labels(project, scope):
        # All in C: there may be a million.
        for place, number in Counter(map(of_article.__getitem__, articles)).items():
            found[Cell(label, *where[place])] = number
    return found


def _articles_of_labels(project: Project, scope: Scope) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each label with the article of every accepted annotation, an article as often as it has any."""
    if scope.is_open:
        for label in [scope.label] if scope.label else labels(project):
            # One label at a time: the index has it all, and nothing needs sorting.
            rows = project.conn.execute(
                "select article_id from annotation where label_id = ? and state = 'accepted'",
                [label],
            )
            yield label, map(itemgetter(0), rows)
        return
    of_label: dict[str, list[str]] = {}
    for (label, article_id), number in _tally(project, "label_id, article_id", scope).items():
        of_label.setdefault(label, []).extend([article_id] * number)
    yield from of_label.items()


def annotators(project: Project) -> list[str]:
    """Return who has annotated or spent time here, by name."""
    return [
        name
        for (name,) in project.conn.execute("select name from annotator order by name").fetchall()
    ]


def seconds(project: Project) -> dict[str, float]:
    """Return the active seconds that the window measured, by annotator."""
    return dict(
        project.conn.execute(
            "select annotator, sum(seconds) from seconds group by annotator order by annotator"
        ).fetchall()
    )


def seconds_of_done(project: Project) -> list[float]:
    """Return the active seconds that each finished article took all its annotators together."""
    return [
        total
        for (total,) in project.conn.execute(
            """
            select sum(seconds) from article cross join seconds on article_id = article.id
            where state = 'done' group by article.id having sum(seconds) > 0
            """
        )
    ]


def lengths(project: Project) -> Lengths:
    """Return how long articles are, and annotations and tokens in a sample of them.

    The index knows the characters of all; tokens are found by reading, hence in SAMPLE articles that
    are spread evenly over the corpus.
    """
    conn = project.conn
    characters = dict(
        conn.execute("select length(text), count(*) from article group by length(text)").fetchall()
    )
    total = sum(characters.values())
    stride = max(1, -(-total // SAMPLE))
    # The places in reading order may have gaps: what is asked for is the next one that stands.
    positions = [
        position
        for (position,) in conn.execute(
            """
            select position from
                (select position, row_number() over (order by position) as n from article)
            where (n - 1) % ? = 0
            """,
            [stride],
        )
    ]
    chosen = to_json(positions)
    count = characters_read = 0
    for (text,) in conn.execute(
        "select text from article where position in (select value from json_each(?))", [chosen]
    ):
        count += len(tokens(text))
        characters_read += len(text)
    return Lengths(characters, count, characters_read, _spans(project, chosen), len(positions))


def articles_with(
    project: Project,
    *,
    source: str | None = None,
    state: str = "",
    months: tuple[str, str] | None = None,
    lengths: tuple[int, int] | None = None,
) -> list[str]:
    """Return the articles of a newspaper, in a state, published in some months, of some length.

    None and "" leave each open. Months are written "2018-04" and half-open, so that "2018" to "2019"
    is a year; lengths are code points, half-open.
    """
    wanted: tuple[tuple[str, Any], ...] = (
        ("source = ?", source),
        ("state = ?", state or None),
        ("published >= ?", months and months[0]),
        ("published < ?", months and months[1]),
        ("length(text) >= ?", lengths and lengths[0]),
        ("length(text) < ?", lengths and lengths[1]),
    )
    asked = [(words, value) for words, value in wanted if value is not None]
    conditions = " and ".join(words for words, _value in asked) or "true"
    return [
        article_id
        for (article_id,) in project.conn.execute(
            f"select id from article where {conditions} order by position",
            [value for _words, value in asked],
        )
    ]


def entities(project: Project, scope: Scope = EVERYTHING, limit: int = 12) -> list[Named]:
    """Return the entities with most accepted mentions, the most first."""
    if scope == EVERYTHING:
        counts = dict(
            project.conn.execute(
                """
                select entity_id, count(*) from annotation
                where entity_id is not null and state = 'accepted' group by entity_id
                """
            ).fetchall()
        )
    else:
        tally = _tally(project, "entity_id", scope)
        counts = {entity: count for (entity,), count in tally.items() if entity}
    most = sorted(counts, key=lambda entity: (-counts[entity], entity))[:limit]
    found = [
        Named(entity, name, kind, counts[entity])
        for entity, name, kind in project.conn.execute(
            "select id, name, kind from entity where id in (select value from json_each(?))",
            [to_json(most)],
        )
    ]
    return sorted(found, key=lambda each: (-each.number, each.name))


def strings(project: Project, scope: Scope = EVERYTHING, limit: int = 12) -> list[Named]:
    """Return the words labelled most often that refer to no entity, the most first.

    Only labels whose annotations do refer to entities are meant, as far as there are any. The index
    says how often words are labelled at all; the annotations are asked in that order until nothing
    can come in any more.
    """
    conditions, values = _conditions(scope)
    naming = to_json(_naming_labels(project))
    found: list[Named] = []
    for words, most in project.conn.execute(
        """
        select surface, count(*) from fragment
        where length(surface) <= 80 group by surface order by count(*) desc, surface
        """
    ):
        found.sort(key=lambda each: (-each.number, each.name))
        if len(found) >= limit and most <= found[limit - 1].number:
            break
        row = project.conn.execute(
            f"""
            select label_id, count(*), sum(count(*)) over () from fragment
            cross join annotation on id = annotation_id
            where surface = ? and length(surface) <= {_LONGEST} and n = 0
            and state = 'accepted' and entity_id is null
            and +label_id in (select value from json_each(?)) {conditions}
            group by label_id order by count(*) desc limit 1
            """,
            [words, naming, *values],
        ).fetchone()
        if row:
            found.append(Named("", words, row[0], row[2]))
    return found[:limit]


def fates(project: Project, scope: Scope = EVERYTHING) -> dict[tuple[str, str], Fate]:
    """Return what became of suggestions, by origin and label: the open ones are counted apart.

    What several suggested alike counts for each of them.
    """
    conditions, values = _conditions(scope)
    found: dict[tuple[str, str], list[int]] = {}
    for origin, label, state, settled, also, count in project.conn.execute(
        f"""
        select origin, label_id, state, settled, also, count(*) from annotation
        where origin not in ('hand', 'slot', 'import') {conditions}
        group by origin, label_id, state, settled, also
        """,
        values,
    ):
        column = {"rejected": 2, "suggested": 3}.get(state, int(settled == "changed"))
        for each in (origin, *(claim.origin for claim in claims_from_json(also))):
            found.setdefault((each, label), [0, 0, 0, 0])[column] += count
    return {key: Fate(*counts) for key, counts in sorted(found.items())}


def _naming_labels(project: Project) -> list[str]:
    """Return the labels that refer to entities, going by some annotations of each; else all without slots."""
    plain = [label.id for label in project.scheme.labels if not label.slots]
    naming = [
        label
        for label in plain
        if project.conn.execute(
            """
            select max(entity_id is not null) from
                (select entity_id from annotation where label_id = ? and state = 'accepted' limit ?)
            """,
            [label, _LOOKED_AT],
        ).fetchone()[0]
    ]
    return naming or plain


def _spans(project: Project, positions: str | None) -> dict[str, list[int]]:
    """Return how long the accepted annotations of each label are in some articles, in code points."""
    found: dict[str, list[int]] = {}
    for label, length in project.conn.execute(
        """
        select label_id, "end" - start from article
        cross join annotation on article_id = article.id
        where position in (select value from json_each(?)) and annotation.state = 'accepted'
        """,
        [positions],
    ):
        found.setdefault(label, []).append(length)
    return found


def _tally(project: Project, columns: str, scope: Scope) -> Counter[tuple[Any, ...]]:
    """Return how many accepted annotations have the same values in some columns.

    No index knows who and when: every row is read, in the order of the file, and counted here, where
    nothing needs sorting.
    """
    conditions, values = _conditions(scope)
    return Counter(
        project.conn.execute(
            f"select {columns} from annotation not indexed where state = 'accepted' {conditions}",
            values,
        )
    )


def _conditions(scope: Scope) -> tuple[str, list[Any]]:
    """Return what a query must ask for besides, and the values for it.

    The plus keeps SQLite from looking every row of a label up where another index has the answer.
    """
    wanted = (
        ("and annotator = ?", scope.annotator),
        ("and +label_id = ?", scope.label),
        ("and created >= ?", scope.since),
    )
    return " ".join(words for words, value in wanted if value), [v for _words, v in wanted if v]
