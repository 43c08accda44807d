"""Reads what the checker looks at, an article at a time, and carries out its repairs as deeds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

import orjson

from annotator.core.checks import Counts, check_article, comparable, labelled_differently, place_of
from annotator.core.findings import Finding, Relabel, Remove, Reshape, Unlink, reshaped
from annotator.core.incise_checks import Incise
from annotator.core.model import AnnotationState, Article
from annotator.core.slot_checks import ENTITIES
from annotator.store import annotations, articles, consistency, frames, rows
from annotator.store.deed import Deed, to_json
from annotator.store.project import Project

Progress = Callable[[int, int], bool]
"""Called with articles done and articles to do; False asks to stop."""


def of_article(
    project: Project, article_id: str, incise: Incise | None = None, *, with_labels: bool = True
) -> list[Finding]:
    """Return the findings on an article in text order. Raises KeyError when there is none of this id.

    `with_labels` compares how its strings are labelled in all articles, which reads all of them.
    """
    counts = labels_of_strings(project, article_id) if with_labels else {}
    return _of_article(project, article_id, incise, counts)


def of_project(
    project: Project, incise: Incise | None = None, progress: Progress | None = None
) -> Iterator[Finding]:
    """Yield the findings on all articles in reading order, one article in memory at a time."""
    yield from of_articles(project, articles.ids(project), incise, progress)


def of_articles(
    project: Project,
    article_ids: Iterable[str],
    incise: Incise | None = None,
    progress: Progress | None = None,
    *,
    with_labels: bool = True,
) -> Iterator[Finding]:
    """Yield the findings on these articles in the order asked; those that are gone are left out.

    `with_labels` compares their strings with those of all articles.
    """
    ids = list(article_ids)
    counts = labels_of_strings(project) if with_labels else {}
    for done, article_id in enumerate(ids):
        if progress and not progress(done, len(ids)):
            return
        if articles.exists(project, article_id):
            yield from _of_article(project, article_id, incise, counts)
    if progress:
        progress(len(ids), len(ids))


def labels_of_strings(project: Project, article_id: str | None = None) -> Mapping[str, Counts]:
    """Return how often strings have each label in all articles, for those that have several labels.

    With `article_id` only the strings of that article are looked up.
    """
    if article_id is None:
        return _labels_of_all(project)
    conn = project.conn
    known = conn.execute("select 1 from pragma_function_list where name = 'comparable'").fetchone()
    if not known:
        conn.create_function("comparable", 1, comparable, deterministic=True)
    labels = [label.id for label in project.scheme.labels if label.group == ENTITIES]
    counted = conn.execute(_COUNTED, {"labels": to_json(labels), "article": article_id})
    return {words: orjson.loads(used) for words, used in counted}


def _labels_of_all(project: Project) -> Mapping[str, Counts]:
    found: dict[str, dict[str, int]] = {}
    for (surface, label_id), count in consistency.surfaces(project).items():
        of_words = found.setdefault(comparable(surface), {})
        of_words[label_id] = of_words.get(label_id, 0) + count
    found.pop("", None)
    return {words: counts for words, counts in found.items() if len(counts) > 1}


_ENTITIES = """
    from annotation cross join fragment on annotation_id = annotation.id
    where state = 'accepted' and label_id in (select value from json_each(:labels))
    and n = 0 and fragment."end" = annotation."end"
"""
"""Where the strings come from: accepted entities in one fragment."""

_AMONG = (
    f"and comparable(surface) in (select comparable(surface) {_ENTITIES} and article_id = :article)"
)

_COUNTED = f"""
    select words, json_group_object(label_id, used)
    from (
        select comparable(surface) as words, label_id, count(*) as used
        {_ENTITIES} {_AMONG}
        group by words, label_id
    )
    where words <> ''
    group by words having count(*) > 1
"""


def repair(deed: Deed, article: Article, finding: Finding) -> bool:
    """Carry out the repair of a finding; False when it does not apply any more, or there is none."""
    wanted = finding.repair
    if isinstance(wanted, Unlink):
        return _unlink(deed, wanted)
    image = rows.read(deed.conn, "annotation", finding.annotation_id)
    if wanted is None or image is None or image["state"] != AnnotationState.ACCEPTED:
        return False
    if isinstance(wanted, Reshape):
        return _reshape(deed, article, wanted)
    if isinstance(wanted, Remove):
        return _remove(deed, wanted)
    return _relabel(deed, article, wanted)


def repair_all(deed: Deed, findings: Iterable[Finding]) -> int:
    """Carry out the repairs of findings on any articles as one deed; return how many applied."""
    count = 0
    for article_id, group in groupby(findings, attrgetter("article_id")):
        image = rows.read(deed.conn, "article", article_id)
        if image is not None:
            article = Article(article_id, image["text"])
            count += sum(repair(deed, article, each) for each in group)
    return count


def _of_article(
    project: Project, article_id: str, incise: Incise | None, counts: Mapping[str, Counts]
) -> list[Finding]:
    article, scheme = articles.article(project, article_id), project.scheme
    standing = annotations.of_article(project, article_id)
    if not standing:
        return []
    links = annotations.links_of(project, article_id)
    found = check_article(article, standing, links, scheme, incise)
    if counts:
        found += labelled_differently(article, standing, counts, scheme)
        found.sort(key=place_of)
    return found


def _reshape(deed: Deed, article: Article, wanted: Reshape) -> bool:
    current = rows.fragments(deed.conn, wanted.annotation_id)
    ranges = [(start, end) for start, end, _surface in current]
    new = reshaped(article.text, ranges, wanted)
    if not new or new == ranges:
        return False
    annotations.set_ranges(deed, article, wanted.annotation_id, new)
    return True


def _unlink(deed: Deed, wanted: Unlink) -> bool:
    link = rows.read(deed.conn, "link", wanted.link_id)
    if link is None:
        return False
    frames.empty(deed, link["from_id"], link["type"], link["to_id"])
    return True


def _remove(deed: Deed, wanted: Remove) -> bool:
    """Take an annotation away, unless it has been linked meanwhile."""
    linked = "select 1 from link where to_id = ? limit 1"
    if deed.conn.execute(linked, [wanted.annotation_id]).fetchone():
        return False
    annotations.remove(deed, wanted.annotation_id)
    return True


def _relabel(deed: Deed, article: Article, wanted: Relabel) -> bool:
    """Give an annotation another label, unless the same words have it already."""
    current = rows.fragments(deed.conn, wanted.annotation_id)
    ranges = [(start, end) for start, end, _surface in current]
    if annotations.find(deed, article.id, wanted.label_id, ranges):
        return False
    annotations.relabel(deed, wanted.annotation_id, wanted.label_id)
    return True
