"""The precedents of a project, and every deed that changes them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.precedents import Precedent, precedents_of
from annotator.core.scheme import Scheme
from annotator.core.spelling import spellings
from annotator.language import _
from annotator.store.deed import Deed, to_json
from annotator.store.project import Project

_COLUMNS = "id, words, label_id, entity_id, reason, annotator, created"


def every(project: Project) -> list[Precedent]:
    """Return all precedents, by their words."""
    return [
        Precedent(*row)
        for row in project.conn.execute(
            f"select {_COLUMNS} from precedent order by words collate nocase, words, id"
        )
    ]


def about(project: Project, words: str) -> list[Precedent]:
    """Return the precedents about words in any spelling, the oldest first."""
    found = project.conn.execute(
        f"""
        select {_COLUMNS} from precedent
        where words in (select value from json_each(?)) order by id
        """,
        [to_json(spellings(words))],
    )
    return precedents_of([Precedent(*row) for row in found], words)


def pin(deed: Deed, precedent: Precedent, *, annotator: str = "") -> str:
    """Keep a decision, or change it if one of this id stands; return its id.

    The annotator is whoever does it, unless another is given. Raises UserError without words.
    """
    words = " ".join(precedent.words.split())
    if not words:
        raise UserError(_("Select the words first that the decision is about."))
    image = {
        "words": words,
        "label_id": precedent.label,
        "entity_id": precedent.entity,
        "reason": precedent.reason.strip(),
        "annotator": annotator or deed.annotator,
    }
    standing = "select 1 from precedent where id = ?"
    if precedent.id and deed.conn.execute(standing, [precedent.id]).fetchone():
        deed.update("precedent", precedent.id, image)
        return precedent.id
    id_ = precedent.id or new_id()
    deed.insert("precedent", {"id": id_, **image, "created": precedent.created or deed.at})
    return id_


def unpin(deed: Deed, precedent_id: str) -> None:
    """Forget a decision."""
    deed.delete("precedent", precedent_id)


def with_precedents(project: Project) -> Scheme:
    """Return the scheme as it goes into a file: with what was decided, its guideline."""
    return replace(project.scheme, precedents=tuple(every(project)))


def bring_in(deed: Deed, precedents: Iterable[Precedent], labels: Mapping[str, str]) -> int:
    """Pin the precedents of a file that the project lacks, and return how many.

    `labels` gives our id for each of its labels' ids. An entity that is not in the register is left
    out; so is a precedent whose id, or whose words with the same label and reason, stand already.
    """
    count = 0
    for each in precedents:
        label = labels.get(each.label) if each.label else None
        known = deed.conn.execute(
            "select 1 from precedent where id = ? or (words = ? and label_id is ? and reason = ?)",
            [each.id, each.words, label, each.reason],
        ).fetchone()
        if known or not each.words.strip():
            continue
        entity = deed.conn.execute("select id from entity where id = ?", [each.entity]).fetchone()
        ours = replace(each, label=label, entity=entity[0] if entity else None)
        deed.name_annotator(each.annotator or deed.annotator)
        pin(deed, ours, annotator=each.annotator)
        count += 1
    return count
