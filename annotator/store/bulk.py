"""Many articles at once: written with `executemany`, and one light line of history for each."""

from collections.abc import Iterable, Mapping
from itertools import islice

from annotator.core.ids import new_id
from annotator.core.model import Annotation, Article, Document, Link
from annotator.core.text import digest
from annotator.store.deed import Deed, to_json

_BATCH = 500
"""Articles written by one round of statements, so that memory does not grow with the import."""


def add_documents(deed: Deed, documents: Iterable[Document]) -> Mapping[str, int]:
    """Write articles with their annotations and links, and return how many of each.

    Labels are ids, ids are free and texts are new: whoever calls has seen to that. Annotations that
    name no annotator are the deed's.
    """
    written = {"articles": 0, "annotations": 0, "links": 0}
    documents = iter(documents)
    while batch := list(islice(documents, _BATCH)):
        annotations = [each for document in batch for each in document.annotations]
        links = [each for document in batch for each in document.links]
        _write_annotators(deed, annotations, links, batch)
        _write_articles(deed, [document.article for document in batch])
        _write_annotations(deed, annotations)
        _write_links(deed, links)
        _write_seconds(deed, batch)
        written["articles"] += len(batch)
        written["annotations"] += len(annotations)
        written["links"] += len(links)
    return written


def _write_annotators(
    deed: Deed, annotations: Iterable[Annotation], links: Iterable[Link], batch: Iterable[Document]
) -> None:
    names = {each.annotator for each in annotations} | {each.annotator for each in links}
    names.update(name for document in batch for name in document.seconds)
    deed.conn.executemany(
        "insert or ignore into annotator (name, created) values (?, ?)",
        [(name, deed.at) for name in names if name],
    )


def _write_articles(deed: Deed, articles: Iterable[Article]) -> None:
    values = []
    for article in articles:
        values.append(
            (
                article.id,
                article.title,
                article.author,
                article.published,
                article.source,
                article.url,
                article.language,
                str(article.state),
                to_json(dict(article.meta)),
                digest(article.text),
                deed.at,
                article.text,
            )
        )
        deed.record_article(article.id)
    deed.conn.executemany(
        """
        insert into article (id, title, author, published, source, url, language, state, meta, sha256, created, text)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        values,
    )


def _write_annotations(deed: Deed, annotations: Iterable[Annotation]) -> None:
    values, fragments = [], []
    for each in annotations:
        values.append(
            (
                each.id,
                each.article,
                each.label,
                each.start,
                each.end,
                str(each.state),
                each.entity,
                to_json(dict(each.attributes)) if each.attributes else "{}",
                each.note,
                each.annotator or deed.annotator,
                each.origin,
                each.score,
                each.reason,
                each.created or deed.at,
                each.updated or each.created or deed.at,
            )
        )
        fragments += [
            (each.id, n, fragment.start, fragment.end, fragment.surface)
            for n, fragment in enumerate(each.fragments)
        ]
    deed.conn.executemany(
        """
        insert into annotation (id, article_id, label_id, start, "end", state, entity_id, attributes, note, annotator,
            origin, score, reason, created, updated)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        values,
    )
    deed.conn.executemany(
        'insert into fragment (annotation_id, n, start, "end", surface) values (?, ?, ?, ?, ?)',
        fragments,
    )


def _write_links(deed: Deed, links: Iterable[Link]) -> None:
    deed.conn.executemany(
        "insert into link (id, type, from_id, to_id, annotator, created) values (?, ?, ?, ?, ?, ?)",
        [
            (
                each.id or new_id(),
                each.type,
                each.from_id,
                each.to_id,
                each.annotator or deed.annotator,
                each.created or deed.at,
            )
            for each in links
        ],
    )


def _write_seconds(deed: Deed, batch: Iterable[Document]) -> None:
    deed.conn.executemany(
        "insert into seconds (article_id, annotator, seconds) values (?, ?, ?)",
        [
            (document.article.id, annotator, seconds)
            for document in batch
            for annotator, seconds in document.seconds.items()
        ],
    )
