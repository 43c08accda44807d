"""The word lists of a project, and every deed that changes them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.word_lists import Entry, WordList
from annotator.language import _
from annotator.store.deed import Deed
from annotator.store.project import Project
from annotator.store.rows import Image

_COLUMNS = "id, name, label_id, kind, case_counts, whole_words, is_on"


def every(project: Project) -> list[WordList]:
    """Return all lists, by name."""
    found = project.conn.execute(
        f"select {_COLUMNS} from word_list order by name collate nocase, name"
    )
    return [
        WordList(id_, name, label, kind, bool(case), bool(whole), bool(is_on))
        for id_, name, label, kind, case, whole, is_on in found
    ]


def named(project: Project, name: str) -> WordList:
    """Return a list by its name or id. Raises UserError when there is none."""
    for each in every(project):
        if name in (each.name, each.id):
            return each
    names = ", ".join(each.name for each in every(project)) or "–"
    raise UserError(
        _("There is no word list “{name}”; there are: {names}.").format(name=name, names=names)
    )


def entries(project: Project, list_id: str) -> list[Entry]:
    """Return the entries of a list in the order in which they were given."""
    return [
        Entry(words, entity)
        for words, entity in project.conn.execute(
            "select words, entity from word_list_entry where list_id = ? order by id", [list_id]
        )
    ]


def counts(project: Project) -> dict[str, int]:
    """Return how many entries each list has, by id; empty ones are left out."""
    return dict(
        project.conn.execute(
            "select list_id, count(*) from word_list_entry group by list_id"
        ).fetchall()
    )


def add(deed: Deed, word_list: WordList, entries_: Iterable[Entry]) -> str:
    """Keep a list with its entries and return its id, a new one if it has none.

    A name that is taken gets a number. Raises UserError without a name.
    """
    made = replace(word_list, id=word_list.id or new_id(), name=_free_name(deed, word_list.name))
    deed.insert("word_list", {**_image(made), "created": deed.at})
    _insert(deed, made.id, entries_)
    return made.id


def update(deed: Deed, word_list: WordList) -> None:
    """Change what a list is called, which label it gives, how it is matched, whether it is on."""
    current = deed.read("word_list", word_list.id)
    name = word_list.name
    if name != current["name"]:
        name = _free_name(deed, name)
    deed.update("word_list", word_list.id, _image(replace(word_list, name=name)))


def set_entries(deed: Deed, list_id: str, entries_: Sequence[Entry]) -> None:
    """Make these the entries of a list. Those it has already stay as they are."""
    deed.read("word_list", list_id)
    standing = {
        (words, entity): id_
        for id_, words, entity in deed.conn.execute(
            "select id, words, entity from word_list_entry where list_id = ?", [list_id]
        )
    }
    wanted = dict.fromkeys((each.words, each.entity) for each in entries_)
    deed.delete_many(
        "word_list_entry", [id_ for pair, id_ in standing.items() if pair not in wanted]
    )
    _insert(deed, list_id, [Entry(*pair) for pair in wanted if pair not in standing])


def remove(deed: Deed, list_id: str) -> None:
    """Take a list away with its entries."""
    found = deed.conn.execute("select id from word_list_entry where list_id = ?", [list_id])
    deed.delete_many("word_list_entry", [id_ for (id_,) in found])
    deed.delete("word_list", list_id)


def _insert(deed: Deed, list_id: str, entries_: Iterable[Entry]) -> None:
    images: list[Image] = [
        {"id": new_id(), "list_id": list_id, "words": each.words, "entity": each.entity}
        for each in entries_
        if each.words.strip()
    ]
    deed.insert_many("word_list_entry", images)


def _image(word_list: WordList) -> Image:
    return {
        "id": word_list.id,
        "name": word_list.name,
        "label_id": word_list.label,
        "kind": word_list.kind,
        "case_counts": int(word_list.case_counts),
        "whole_words": int(word_list.whole_words),
        "is_on": int(word_list.is_on),
    }


def _free_name(deed: Deed, name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise UserError(_("A word list needs a name."))
    taken = {each for (each,) in deed.conn.execute("select name from word_list")}
    number = 1
    free = wanted
    while free in taken:
        number += 1
        free = f"{wanted} {number}"
    return free
