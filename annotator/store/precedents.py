"""The precedents of a project, and every deed that changes them."""

from typing import Any

from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.precedents import Precedent, precedents_of, to_dict
from annotator.core.spelling import spellings
from annotator.language import _
from annotator.store import entities
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


def pin(deed: Deed, precedent: Precedent) -> str:
    """Keep a decision, or change it if one of this id stands; return its id.

    The annotator is whoever does it. Raises UserError without words.
    """
    words = " ".join(precedent.words.split())
    if not words:
        raise UserError(_("Select the words first that the decision is about."))
    image = {
        "words": words,
        "label_id": precedent.label,
        "entity_id": precedent.entity,
        "reason": precedent.reason.strip(),
        "annotator": deed.annotator,
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


def as_dicts(project: Project) -> list[dict[str, Any]]:
    """Return all precedents as a file keeps them."""
    found = every(project)
    if not found:
        return []
    names = {row[0]: row[1] for row in entities.columns(project)}
    return [to_dict(each, project.scheme, names) for each in found]
