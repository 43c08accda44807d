"""Many articles at once: written many rows a statement, with one light line of history for each."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple

from annotator.core.corpus import LabelledArticle
from annotator.core.ids import new_id
from annotator.core.metadata import FIELDS
from annotator.core.text import digest
from annotator.store import rows
from annotator.store.deed import Deed, to_json
from annotator.store.grafting import Grafted, graft
from annotator.store.indexes import Waiting

_BATCH = 200
"""Articles written by one round of statements, so that memory does not grow with the import."""

_ARTICLE = (
    *("id", *FIELDS),
    *("state", "meta", "sha256", "created", "text"),
)
_ANNOTATION = (
    *("id", "article_id", "label_id", "start", "end", "state", "entity_id", "attributes"),
    *("note", "annotator", "origin", "score", "reason", "created", "updated", "settled"),
)
_END = _ANNOTATION.index("end")
_FRAGMENT = ("annotation_id", "n", "start", "end", "surface")
_LINK = ("id", "type", "from_id", "to_id", "annotator", "created")


class Twin(NamedTuple):
    """An article whose text another has: its annotations went to that one.

    Where it stood, the other's id and title, and what was added to it.
    """

    place: str
    article_id: str
    title: str
    grafted: Grafted


@dataclass(slots=True)
class Added:
    """How much was written, and what was not."""

    articles: int = 0
    annotations: int = 0
    links: int = 0
    twins: list[Twin] = field(default_factory=list)


def add_articles(
    deed: Deed, articles: Iterable[LabelledArticle], labels: Mapping[str, str], added: Added
) -> None:
    """Write articles with their annotations and links, and count them in `added` as they go.

    `labels` gives the id for each label; entities are ids that stand. An annotation without an id
    gets one; an id that is taken by something else is replaced, and links follow. Annotations that
    name no annotator are the deed's. An article whose text stands already does not come in again:
    its annotations go to the one that stands.
    """
    articles = iter(articles)
    indexes = Waiting(deed.conn) if is_new(deed) else None
    while batch := list(islice(articles, _BATCH)):
        fresh, twins = _parted(deed, batch)
        _write(deed, list(_with_free_ids(deed, fresh)), labels, added)
        if twins and indexes:
            # What stands in an article is looked for by its index.
            indexes.make()
        for sha256, labelled in twins:
            _graft(deed, sha256, labelled, labels, added)
    if indexes:
        indexes.make()


def text_of(deed: Deed, sha256: str) -> str | None:
    """Return the text with this digest, None when no article has it."""
    row = deed.conn.execute("select text from article where sha256 = ?", [sha256]).fetchone()
    return row[0] if row else None


def is_new(deed: Deed) -> bool:
    """Tell whether nobody has done anything in the project yet."""
    (used,) = deed.conn.execute(
        """
        select exists (select 1 from article) or exists (select 1 from op)
        or exists (select 1 from precedent)
        """
    ).fetchone()
    return not used


_Digested = tuple[str, LabelledArticle]
"""An article with the digest of its text."""


def _parted(
    deed: Deed, batch: Sequence[LabelledArticle]
) -> tuple[list[_Digested], list[_Digested]]:
    """Return the articles whose text is new, and those whose text stands already or before them."""
    digests = [digest(labelled.article.text) for labelled in batch]
    standing = {
        sha256
        for (sha256,) in deed.conn.execute(
            "select sha256 from article where sha256 in (select value from json_each(?))",
            [to_json(digests)],
        )
    }
    fresh: list[_Digested] = []
    twins: list[_Digested] = []
    for sha256, labelled in zip(digests, batch, strict=True):
        (twins if sha256 in standing else fresh).append((sha256, labelled))
        standing.add(sha256)
    return fresh, twins


def _graft(
    deed: Deed, sha256: str, labelled: LabelledArticle, labels: Mapping[str, str], added: Added
) -> None:
    id_, title = deed.conn.execute(
        "select id, title from article where sha256 = ?", [sha256]
    ).fetchone()
    grafted = graft(deed, id_, labelled, labels)
    added.annotations += grafted.annotations
    added.links += grafted.links
    added.twins.append(Twin(labelled.place, id_, title, grafted))


def _with_free_ids(
    deed: Deed, batch: Sequence[tuple[str, LabelledArticle]]
) -> Iterator[tuple[str, LabelledArticle]]:
    """Yield the articles with ids that nothing else has, in the project or before them."""
    labelled = [each for _sha256, each in batch]
    articles = _taken(deed, "article", (each.article.id for each in labelled))
    annotations = _taken(
        deed, "annotation", (id_ for each in labelled for id_ in _annotation_ids(each))
    )
    links = _taken(deed, "link", (link.id for each in labelled for link in each.links))
    for sha256, given in batch:
        free = _renamed(given, articles, annotations, links)
        articles.add(free.article.id)
        annotations.update(_annotation_ids(free))
        links.update(link.id for link in free.links)
        yield sha256, free


def _annotation_ids(labelled: LabelledArticle) -> Iterator[str]:
    """Yield the ids that its file gave to annotations."""
    return (span.annotation for span in labelled.spans if span[0] and span[2] == 0)


def _taken(deed: Deed, table: str, ids: Iterable[str]) -> set[str]:
    """Return those of the ids that a table has: one statement, instead of thousands."""
    return {
        id_
        for (id_,) in deed.conn.execute(
            f'select id from "{table}" where id in (select value from json_each(?))',
            [to_json(list(ids))],
        )
    }


def _renamed(
    labelled: LabelledArticle,
    articles: Container[str],
    annotations: Container[str],
    links: Container[str],
) -> LabelledArticle:
    """Return an article with new ids in the place of those that are taken."""
    if labelled.article.id in articles:
        labelled = labelled._replace(article=replace(labelled.article, id=new_id()))
    new = {id_: new_id() for id_ in _annotation_ids(labelled) if id_ in annotations}
    if not new and not any(link.id in links for link in labelled.links):
        return labelled
    return labelled._replace(
        spans=[
            span._replace(annotation=new.get(span.annotation, span.annotation))
            for span in labelled.spans
        ],
        links=[
            replace(
                link,
                id=new_id() if link.id in links else link.id,
                from_id=new.get(link.from_id, link.from_id),
                to_id=new.get(link.to_id, link.to_id),
            )
            for link in labelled.links
        ],
    )


def _write(
    deed: Deed,
    batch: Sequence[tuple[str, LabelledArticle]],
    labels: Mapping[str, str],
    added: Added,
) -> None:
    _write_articles(deed, batch)
    _write_annotators(deed, batch)
    added.annotations += _write_spans(deed, [labelled for _sha256, labelled in batch], labels)
    added.links += _write_links(deed, batch)
    _write_seconds(deed, batch)
    added.articles += len(batch)


def _write_articles(deed: Deed, batch: Sequence[tuple[str, LabelledArticle]]) -> None:
    values: list[Any] = []
    for sha256, (article, *_rest) in batch:
        values += (
            article.id,
            article.title,
            article.author,
            article.published,
            article.source,
            article.url,
            article.language,
            article.state.value,
            to_json(dict(article.meta)),
            sha256,
            deed.at,
            article.text,
        )
        deed.record_article(article.id)
    rows.insert_many(deed.conn, "article", _ARTICLE, values)


def _write_annotators(deed: Deed, batch: Sequence[tuple[str, LabelledArticle]]) -> None:
    names: set[str] = set()
    for _sha256, labelled in batch:
        names.update(span.annotator for span in labelled.spans)
        names.update(link.annotator for link in labelled.links)
        names.update(labelled.seconds)
    deed.conn.executemany(
        "insert or ignore into annotator (name, created) values (?, ?)",
        [(name, deed.at) for name in sorted(names) if name],
    )


def _write_spans(deed: Deed, batch: Iterable[LabelledArticle], labels: Mapping[str, str]) -> int:
    """Write the annotations of some articles with their fragments, and return how many."""
    at, anyone = deed.at, deed.annotator
    annotations: list[Any] = []
    fragments: list[Any] = []
    id_ = ""
    for labelled in batch:
        article_id = labelled.article.id
        for (
            given_id,
            label,
            n,
            start,
            end,
            surface,
            attributes,
            note,
            entity_id,
            annotator,
            origin,
            state,
            score,
            reason,
            created,
            updated,
            settled,
        ) in labelled.spans:
            if n == 0:
                id_ = given_id or new_id()
                annotations += (
                    id_,
                    article_id,
                    labels[label],
                    start,
                    end,
                    state,
                    entity_id,
                    attributes,
                    note,
                    annotator or anyone,
                    origin,
                    score,
                    reason,
                    created or at,
                    updated or created or at,
                    settled,
                )
            else:
                annotations[_END - len(_ANNOTATION)] = end
            fragments += (id_, n, start, end, surface)
    rows.insert_many(deed.conn, "annotation", _ANNOTATION, annotations)
    rows.insert_many(deed.conn, "fragment", _FRAGMENT, fragments)
    return len(annotations) // len(_ANNOTATION)


def _write_links(deed: Deed, batch: Sequence[tuple[str, LabelledArticle]]) -> int:
    values: list[Any] = []
    for _sha256, labelled in batch:
        for link in labelled.links:
            values += (link.id, link.type, link.from_id, link.to_id)
            values += (link.annotator or deed.annotator, link.created or deed.at)
    rows.insert_many(deed.conn, "link", _LINK, values)
    return len(values) // len(_LINK)


def _write_seconds(deed: Deed, batch: Sequence[tuple[str, LabelledArticle]]) -> None:
    deed.conn.executemany(
        "insert or replace into seconds (article_id, annotator, seconds) values (?, ?, ?)",
        [
            (labelled.article.id, annotator, seconds)
            for _sha256, labelled in batch
            for annotator, seconds in labelled.seconds.items()
        ],
    )
