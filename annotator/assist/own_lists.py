"""Word lists on their way into a project: from files, and from the starter lists of the program."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from annotator.assist import labels
from annotator.core.encoding import decode
from annotator.core.errors import UserError
from annotator.core.scheme import Scheme
from annotator.core.word_lists import PATTERN, WORDS, Entry, WordList, read_entries
from annotator.language import _, current_language
from annotator.resources import resource
from annotator.store import word_lists
from annotator.store.project import Project
from annotator.suggest.own_patterns import compiled


@dataclass(frozen=True, slots=True)
class Starter:
    """A list that comes with the program. `kind` is that of the label it is for, as in `labels.KINDS`."""

    id: str
    title: str
    kind: str
    entries: tuple[Entry, ...]


def starters() -> tuple[Starter, ...]:
    """Return the starter lists, by their title in the language in use."""
    return _starters(current_language())


@cache
def _starters(language: str) -> tuple[Starter, ...]:
    found = []
    for path in sorted(resource("lexicons", "lists").glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        title = table["title"].get(language, table["title"]["en"])
        found.append(
            Starter(path.stem, title, table["kind"], tuple(read_entries(table["entries"])))
        )
    return tuple(sorted(found, key=lambda each: each.title))


def bring_in(project: Project, what: str, wanted: WordList, annotator: str) -> tuple[str, int]:
    """Add a list from a file or, by its id, a starter list, as one deed; return its name and its size.

    `wanted.label` is the name or id of a label; of a starter list it may be "". Raises UserError when
    the file cannot be read, the scheme has no such label, or a pattern is none.
    """
    starter = next((each for each in starters() if each.id == what), None)
    if starter:
        usual = labels.usual(project.scheme).get(starter.kind, "")
        entries: Sequence[Entry] = starter.entries
        made = replace(wanted, name=wanted.name or starter.title, label=wanted.label or usual)
    else:
        path = Path(what)
        entries = read_file(path, wanted.kind)
        made = replace(wanted, name=wanted.name or path.stem)
    made = replace(made, label=_label(project.scheme, made.label))
    check(made, entries)
    name = _("Add the word list {name}").format(name=made.name)
    list_id, _changes = project.do(
        name, lambda deed: word_lists.add(deed, made, entries), annotator=annotator
    )
    return word_lists.named(project, list_id).name, len(entries)


def read_file(path: Path, kind: str = WORDS) -> list[Entry]:
    """Return the entries of a text or CSV file. Raises UserError when it cannot be read or has none."""
    try:
        text = decode(path.read_bytes()).text
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {error}").format(path=path, error=error.strerror or error)
        ) from error
    entries = read_entries(text, kind)
    if not entries:
        raise UserError(_("{path} has no words in it.").format(path=path))
    return entries


def check(word_list: WordList, entries: Sequence[Entry]) -> None:
    """Raise UserError with one sentence if a pattern of the list cannot be used."""
    if word_list.kind == PATTERN:
        for each in entries:
            compiled(each.words, case_counts=word_list.case_counts)


def change(project: Project, name: str, deed: str, annotator: str) -> None:
    """Switch a list "on" or "off", or "remove" it: one deed. Raises UserError when there is none."""
    found = word_lists.named(project, name)
    if deed == "remove":
        told = _("Remove the word list {name}").format(name=found.name)
        project.do(told, lambda d: word_lists.remove(d, found.id), annotator=annotator)
        return
    switched = replace(found, is_on=deed == "on")
    told = _("Switch the word list {name}").format(name=found.name)
    project.do(told, lambda d: word_lists.update(d, switched), annotator=annotator)


def _label(scheme: Scheme, name: str) -> str:
    label = scheme.by_name(name) if name else None
    if label is None or label.slots or label.retired:
        names = ", ".join(each.name for each in labels.plain(scheme)) or "–"
        raise UserError(
            _("Say with a label what the list gives, one of {names}.").format(names=names)
        )
    return label.id
