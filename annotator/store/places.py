"""Places in articles that nobody may have labelled yet: what stands on them, and labelling many at once."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from annotator.core.model import NOTHING
from annotator.core.scheme import Scheme
from annotator.store import occurrences
from annotator.store.deed import Deed, to_json
from annotator.store.many import Written
from annotator.store.occurrences import TICKED, Occurrence, Standing, Wanted
from annotator.store.project import Project

_PLAIN = TICKED | {Standing.REJECTED, Standing.OTHERWISE, Standing.UNLINKED}
"""What may be labelled without asking: free, or the same words decided otherwise before."""


class Place(NamedTuple):
    """`[start, end)` in the code points of an article."""

    article: str
    start: int
    end: int


class Stands(NamedTuple):
    """An annotation on just these words: its id, its label's id, its state."""

    annotation: str
    label: str
    state: str


def standing_on(project: Project, places: Sequence[Place]) -> list[Stands | None]:
    """Return for each place what is labelled there and has no other words; accepted goes first."""
    found: dict[int, Stands] = {}
    for n, *values in project.conn.execute(
        """
        select wanted.key, annotation.id, label_id, state
        from json_each(?) as wanted cross join annotation
            on article_id = json_extract(wanted.value, '$[0]')
            and start = json_extract(wanted.value, '$[1]')
            and "end" = json_extract(wanted.value, '$[2]')
        where state <> 'rejected'
        order by state, annotation.id
        """,
        [to_json([list(each) for each in places])],
    ):
        found.setdefault(n, Stands(*values))
    return [found.get(n) for n in range(len(places))]


def label(
    deed: Deed,
    scheme: Scheme,
    label_id: str,
    places: Sequence[Place],
    attributes: Mapping[str, Any] = NOTHING,
) -> Written:
    """Label these places as one deed; where the same words have another label, they get this one.

    What would overlap an annotation of the same group is passed over, as is what has the label already.
    """
    wanted = Wanted(label_id)
    texts = dict(
        deed.conn.execute(
            "select id, text from article where id in (select value from json_each(?))",
            [to_json(list({each.article for each in places}))],
        ).fetchall()
    )
    asked = [
        Occurrence(*each, texts[each.article][each.start : each.end])
        for each in dict.fromkeys(places)
        if each.article in texts
    ]
    now = occurrences.judged(deed.conn, scheme, wanted, asked)
    plain = [each for each in now if each.standing in _PLAIN]
    written = occurrences.label(deed, scheme, wanted, plain, attributes)
    return Written(written.done, len(places) - written.done)
