"""Annotations and links: what an article carries, and every deed that changes them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson

from annotator.core.errors import Conflict, UserError
from annotator.core.ids import new_id
from annotator.core.model import (
    BY_PEOPLE,
    NOTHING,
    Annotation,
    AnnotationState,
    Article,
    ArticleState,
    Claim,
    Fragment,
    Link,
)
from annotator.language import _
from annotator.store import rows
from annotator.store.deed import Deed, to_json
from annotator.store.project import Project
from annotator.store.rows import Image

Span = tuple[int, int, str, str, str, int]
"""Start, end, annotation id, label id, state, and which fragment of the annotation: enough to paint."""

Range = tuple[int, int]
"""A `[start, end)` in code points."""


def spans(project: Project, article_id: str) -> list[Span]:
    """Return every fragment to paint, sorted by start, the longer first; rejected ones are left out."""
    return project.conn.execute(_SPANS.format("annotation.article_id = ?"), [article_id]).fetchall()


def spans_of(project: Project, article_id: str, annotation_ids: Iterable[str]) -> list[Span]:
    """Return the fragments of these annotations of an article, as `spans` does.

    Ids that are gone or stand in other articles yield none.
    """
    wanted = orjson.dumps(list(annotation_ids)).decode()
    return project.conn.execute(
        # The + keeps SQLite from walking over all that the article has instead.
        _SPANS.format("annotation.id in (select value from json_each(?)) and +article_id = ?"),
        [wanted, article_id],
    ).fetchall()


_SPANS = """
    select fragment.start, fragment."end", annotation.id, label_id, state, n
    from annotation cross join fragment on annotation_id = annotation.id
    where {} and state <> 'rejected'
    order by fragment.start, fragment."end" desc
"""


def label_counts(project: Project, article_id: str) -> dict[str, int]:
    """Return how many accepted annotations of an article each label has, by label id."""
    return dict(
        project.conn.execute(
            """
            select label_id, count(*) from annotation
            where label_id in (select id from label) and state = 'accepted' and article_id = ?
            group by label_id
            """,
            [article_id],
        ).fetchall()
    )


def count_suggestions(project: Project, article_id: str) -> int:
    """Return how many suggestions of an article still wait for a decision, a frame with its parts as one."""
    found: tuple[int] = project.conn.execute(
        f"select count(*) from annotation where article_id = ? and {OPEN}", [article_id]
    ).fetchone()
    return found[0]


OPEN = """
    annotation.state = 'suggested' and not exists (
        select 1 from link join annotation as frame on frame.id = from_id
        where to_id = annotation.id and frame.state = 'suggested'
    )
"""
"""What waits for a decision of its own: a suggestion that is no part of another one."""


def annotation(project: Project, annotation_id: str) -> Annotation:
    """Return an annotation whole. Raises KeyError when there is none of this id."""
    image = rows.read(project.conn, "annotation", annotation_id)
    if image is None:
        raise KeyError(annotation_id)
    return _annotation(image)


def of_article(
    project: Project, article_id: str, states: Iterable[str] = ("accepted", "suggested")
) -> list[Annotation]:
    """Return the annotations of an article in these states, in text order."""
    return _whole(project.conn, article_id, states)


def _whole(conn: sqlite3.Connection, article_id: str, states: Iterable[str]) -> list[Annotation]:
    cursor = conn.execute(_WHOLE, [article_id, orjson.dumps(list(states)).decode()])
    columns = [description[0] for description in cursor.description]
    found: list[Annotation] = []
    for _key, group in groupby(cursor, key=itemgetter(0)):
        fragments = [dict(zip(columns, values, strict=True)) for values in group]
        image = {
            **fragments[0],
            "fragments": [[each["f_start"], each["f_end"], each["surface"]] for each in fragments],
        }
        found.append(_annotation(image))
    return found


_WHOLE = """
    select annotation.*, fragment.start as f_start, fragment."end" as f_end, surface
    from annotation cross join fragment on annotation_id = annotation.id
    where article_id = ? and state in (select value from json_each(?))
    order by annotation.start, annotation."end" desc, annotation.id, n
"""


def links_of(project: Project, article_id: str) -> list[Link]:
    """Return the links between the annotations of an article, oldest first; rejected ones have none."""
    return _links(project.conn, "source.article_id = ?", [article_id])


def links_at(project: Project, annotation_ids: Iterable[str]) -> list[Link]:
    """Return the links from and to these annotations, as `links_of` does."""
    wanted = orjson.dumps(list(annotation_ids)).decode()
    among = "in (select value from json_each(?))"
    return _links(project.conn, f"from_id {among} or to_id {among}", [wanted, wanted])


def _links(conn: sqlite3.Connection, condition: str, values: Sequence[str]) -> list[Link]:
    return [
        Link(*row)
        for row in conn.execute(
            f"""
            select link.id, type, from_id, to_id, link.annotator, link.created
            from link
            join annotation as source on source.id = from_id
            join annotation as target on target.id = to_id
            where ({condition}) and source.state <> 'rejected' and target.state <> 'rejected'
            order by link.id
            """,
            values,
        )
    ]


def find(
    deed: Deed, article_id: str, label_id: str, ranges: Sequence[Range]
) -> tuple[str, AnnotationState] | None:
    """Return id and state of an annotation that already says exactly this, None when there is none."""
    candidates = deed.conn.execute(
        """
        select id, state from annotation
        where article_id = ? and start = ? and "end" = ? and label_id = ?
        """,
        [article_id, ranges[0][0], ranges[-1][1], label_id],
    ).fetchall()
    wanted = [list(each) for each in ranges]
    for annotation_id, state in candidates:
        if [each[:2] for each in rows.fragments(deed.conn, annotation_id)] == wanted:
            return annotation_id, AnnotationState(state)
    return None


def add(
    deed: Deed,
    article: Article,
    label_id: str,
    ranges: Sequence[Range],
    *,
    attributes: Mapping[str, Any] = NOTHING,
    note: str = "",
    entity: str | None = None,
    origin: str = "hand",
    state: AnnotationState = AnnotationState.ACCEPTED,
    score: float | None = None,
    reason: str = "",
) -> str:
    """Label these ranges of an article as one annotation, and return its id.

    Ranges are put in order and joined where they touch. Where the same label stands on the same
    ranges already, nothing is added: that annotation's id is returned, accepted if it was only
    suggested or rejected; what else was asked for (attributes, note, entity) is not written to it.
    Raises UserError when a range lies outside the text.
    """
    fragments = fragments_of(article, ranges)
    standing = find(deed, article.id, label_id, [(each.start, each.end) for each in fragments])
    if standing:
        annotation_id, standing_state = standing
        if state is AnnotationState.ACCEPTED and standing_state is not state:
            set_state(deed, annotation_id, state)
        return annotation_id
    annotation_id = new_id()
    deed.insert(
        "annotation",
        {
            "id": annotation_id,
            "article_id": article.id,
            "label_id": label_id,
            **_extent(fragments),
            "state": str(state),
            "entity_id": entity,
            "attributes": to_json(dict(attributes)),
            "note": note,
            "annotator": deed.annotator,
            "origin": origin,
            "score": score,
            "reason": reason,
            "created": deed.at,
            "updated": deed.at,
        },
    )
    start_work(deed, article.id)
    return annotation_id


def relabel(deed: Deed, annotation_id: str, label_id: str) -> None:
    """Give an annotation another label."""
    _change(deed, annotation_id, {"label_id": label_id})


def set_ranges(deed: Deed, article: Article, annotation_id: str, ranges: Sequence[Range]) -> None:
    """Move the boundaries of an annotation, add a fragment or drop one: `ranges` is how it ends up.

    Raises Conflict when the annotation is not one of this article.
    """
    if deed.read("annotation", annotation_id)["article_id"] != article.id:
        raise Conflict(_("This belongs to another article; nothing was changed."))
    _change(deed, annotation_id, _extent(fragments_of(article, ranges)))


def set_attribute(deed: Deed, annotation_id: str, name: str, value: str | bool | None) -> None:
    """Set an attribute, or take it away with None."""
    attributes = orjson.loads(deed.read("annotation", annotation_id)["attributes"])
    attributes.pop(name, None)
    if value is not None and value != "":
        attributes[name] = value
    _change(deed, annotation_id, {"attributes": to_json(attributes)})


def set_note(deed: Deed, annotation_id: str, note: str) -> None:
    """Write the note of an annotation; "" takes it away."""
    _change(deed, annotation_id, {"note": note})


def set_entity(deed: Deed, annotation_id: str, entity_id: str | None) -> None:
    """Say which entity of the register a mention refers to."""
    _change(deed, annotation_id, {"entity_id": entity_id})


def set_state(deed: Deed, annotation_id: str, state: AnnotationState) -> None:
    """Accept, reject or propose again; whoever accepts or rejects becomes its annotator.

    A suggestion that is accepted is settled as "unchanged" unless it was changed before.
    """
    current = deed.read("annotation", annotation_id)
    changes: Image = {"state": str(state)}
    if state is not AnnotationState.SUGGESTED:
        changes["annotator"] = deed.annotator
    if state is AnnotationState.ACCEPTED and current["state"] == AnnotationState.SUGGESTED:
        changes["settled"] = current["settled"] or "unchanged"
    _write(deed, annotation_id, changes)


def remove(deed: Deed, annotation_id: str) -> None:
    """Take an annotation away, with the links from and to it.

    What a rule, a list or a model had suggested stays as rejected, so that it is not suggested again.
    """
    if deed.read("annotation", annotation_id)["origin"] not in BY_PEOPLE:
        set_state(deed, annotation_id, AnnotationState.REJECTED)
    else:
        erase(deed, annotation_id)


def erase(deed: Deed, annotation_id: str) -> None:
    """Take an annotation away with its links, whatever it came from: nothing remembers it but undo."""
    for column in ("from_id", "to_id"):
        for link in list(rows.read_where(deed.conn, "link", column, annotation_id)):
            deed.delete("link", link["id"])
    deed.delete("annotation", annotation_id)


def link(deed: Deed, type_: str, from_id: str, to_id: str) -> str:
    """Join two annotations of one article and return the link's id; an equal link is found, not doubled."""
    standing = find_link(deed, type_, from_id, to_id)
    if standing:
        return standing
    if (
        deed.read("annotation", from_id)["article_id"]
        != deed.read("annotation", to_id)["article_id"]
    ):
        raise UserError(_("Two annotations of different articles cannot be linked."))
    link_id = new_id()
    image = {"id": link_id, "type": type_, "from_id": from_id, "to_id": to_id}
    deed.insert("link", {**image, "annotator": deed.annotator, "created": deed.at})
    return link_id


def find_link(deed: Deed, type_: str, from_id: str, to_id: str) -> str:
    """Return the id of the link that joins two annotations in this way, "" when there is none."""
    row = deed.conn.execute(
        "select id from link where type = ? and from_id = ? and to_id = ?", [type_, from_id, to_id]
    ).fetchone()
    return str(row[0]) if row else ""


def suggested_parts(deed: Deed, annotation_id: str) -> list[str]:
    """Return what an annotation has links to and nobody stands behind yet, by id."""
    return [
        part
        for (part,) in deed.conn.execute(
            """
            select distinct annotation.id from link join annotation on annotation.id = to_id
            where from_id = ? and state = 'suggested'
            """,
            [annotation_id],
        )
    ]


def unlink(deed: Deed, link_id: str) -> None:
    """Take a link away; the annotations stay."""
    deed.delete("link", link_id)


def fragments_of(article: Article, ranges: Sequence[Range]) -> tuple[Fragment, ...]:
    """Return ranges as fragments: in text order, joined where they touch or overlap.

    Raises UserError when there is none, or one lies outside the text.
    """
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if not 0 <= start < end <= len(article.text):
            raise UserError(
                _("The range {start}–{end} lies outside the article.").format(start=start, end=end)
            )
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if not joined:
        raise UserError(_("There is nothing to label: select some words first."))
    return tuple(Fragment(start, end, article.text[start:end]) for start, end in joined)


def start_work(deed: Deed, article_id: str) -> None:
    """Move an untouched article to "in progress", as part of the deed that touches it first."""
    (state,) = deed.conn.execute("select state from article where id = ?", [article_id]).fetchone()
    if state == ArticleState.TODO:
        deed.update("article", article_id, {"state": str(ArticleState.IN_PROGRESS)})


def _change(deed: Deed, annotation_id: str, changes: Image) -> None:
    """Change what an annotation says; whoever corrects a suggestion stands behind it and its parts."""
    current = deed.read("annotation", annotation_id)
    is_new = any(current[column] != value for column, value in changes.items())
    if is_new and current["origin"] not in BY_PEOPLE:
        changes = {**changes, "settled": "changed"}
        if current["state"] == AnnotationState.SUGGESTED:
            changes |= {"state": str(AnnotationState.ACCEPTED), "annotator": deed.annotator}
            for part in suggested_parts(deed, annotation_id):
                set_state(deed, part, AnnotationState.ACCEPTED)
    _write(deed, annotation_id, changes)


def _write(deed: Deed, annotation_id: str, changes: Image) -> None:
    if deed.update("annotation", annotation_id, changes):
        start_work(deed, deed.read("annotation", annotation_id)["article_id"])


def _extent(fragments: Sequence[Fragment]) -> Image:
    """Return the columns that say where an annotation stands, and its fragments as an image has them."""
    return {
        "start": fragments[0].start,
        "end": fragments[-1].end,
        "fragments": [[each.start, each.end, each.surface] for each in fragments],
    }


def _annotation(image: Image) -> Annotation:
    return Annotation(
        id=image["id"],
        article=image["article_id"],
        label=image["label_id"],
        fragments=tuple(Fragment(*values) for values in image["fragments"]),
        attributes=orjson.loads(image["attributes"]),
        note=image["note"],
        entity=image["entity_id"],
        annotator=image["annotator"],
        origin=image["origin"],
        state=AnnotationState(image["state"]),
        score=image["score"],
        reason=image["reason"],
        created=image["created"],
        updated=image["updated"],
        settled=image["settled"],
        also=claims_from_json(image["also"]),
    )


def claims_from_json(text: str) -> tuple[Claim, ...]:
    """Return what the column `also` holds."""
    if text == "[]":
        return ()
    return tuple(Claim(row["origin"], row["score"], row["reason"]) for row in orjson.loads(text))


def claims_to_json(claims: Iterable[Claim]) -> str:
    """Return what the column `also` is to hold."""
    rows_ = [{"origin": c.origin, "score": c.score, "reason": c.reason} for c in claims]
    return orjson.dumps(rows_).decode()
