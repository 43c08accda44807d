"""Boundaries that differ from one article to the next, made alike: a title or determiner in or out."""

from collections.abc import Iterable

from annotator.core.consistency import compared, edge_of
from annotator.core.model import BY_PEOPLE, AnnotationState
from annotator.core.scheme import Scheme
from annotator.core.spelling import key_of
from annotator.store import rows
from annotator.store.deed import Deed, to_json
from annotator.store.many import Written
from annotator.store.occurrences import Occurrence
from annotator.store.rows import Image

_MOST_EDGES = 3
"""Words before a name that are looked at."""


def shorten(deed: Deed, places: Iterable[Occurrence], shorter: str) -> Written:
    """Leave titles and determiners before `shorter` out of these annotations, as one deed."""
    wanted = {}
    for each in places:
        edge = edge_of(each.surface, shorter) if each.annotation else 0
        if edge:
            wanted[each] = (each.start + edge, each.surface[edge:])
    return _move(deed, wanted)


def lengthen(deed: Deed, scheme: Scheme, places: Iterable[Occurrence], longer: str) -> Written:
    """Take titles and determiners into these annotations where `longer` stands there, as one deed.

    Those before which one has a label of its own are passed over: nobody asked for an overlap.
    """
    places = [each for each in places if each.annotation]
    found = rows.read_many(deed.conn, "article", {each.article for each in places}, ("text",))
    wanted = {}
    for each in places:
        text = found[each.article]["text"] if each.article in found else ""
        start = _start_of(text, each, key_of(longer))
        if start < each.start:
            wanted[each] = (start, text[start : each.end])
    apart = {each: to for each, to in wanted.items() if not _is_taken(deed, scheme, each, to[0])}
    written = _move(deed, apart)
    return Written(written.done, len(wanted) - written.done)


def _start_of(text: str, place: Occurrence, key: str) -> int:
    """Return where a longer string that ends as a place does begins, the place's own start if none does."""
    start = place.start
    for _turn in range(_MOST_EDGES):
        before = text[:start].rstrip()
        at = len(before)
        while at > 0 and not before[at - 1].isspace():
            at -= 1
        if at == len(before):
            break
        start = at
        if key_of(text[start : place.end]) == key:
            return start
    return place.start


def _move(deed: Deed, wanted: dict[Occurrence, tuple[int, str]]) -> Written:
    """Let annotations begin elsewhere; those whose label stands there already are passed over."""
    standing = rows.read_many(deed.conn, "annotation", (each.annotation for each in wanted))
    changes: dict[str, Image] = {}
    for each, (start, surface) in wanted.items():
        image = standing.get(each.annotation)
        if image is None or image["fragments"] != [[each.start, each.end, each.surface]]:
            continue
        if image["state"] != AnnotationState.ACCEPTED:
            continue
        if _stands(deed, each, image["label_id"], start):
            continue
        changes[each.annotation] = {"start": start, "fragments": [[start, each.end, surface]]}
        if image["origin"] not in BY_PEOPLE:
            changes[each.annotation]["settled"] = "changed"
    deed.update_many("annotation", changes, standing)
    return Written(len(changes), len(wanted) - len(changes))


def _is_taken(deed: Deed, scheme: Scheme, place: Occurrence, start: int) -> bool:
    """Tell whether something from `start` to a place has a label that is compared, too."""
    found = deed.conn.execute(
        """
        select 1 from annotation
        where article_id = ? and start < ? and "end" > ? and "end" <= ? and state = 'accepted'
        and label_id in (select value from json_each(?))
        """,
        [place.article, place.start, start, place.start, to_json(compared(scheme))],
    )
    return found.fetchone() is not None


def _stands(deed: Deed, place: Occurrence, label_id: str, start: int) -> bool:
    found = deed.conn.execute(
        """
        select 1 from annotation
        where article_id = ? and start = ? and "end" = ? and label_id = ? and state <> 'rejected'
        """,
        [place.article, start, place.end, label_id],
    )
    return found.fetchone() is not None
