"""Word lists: words or patterns that somebody wants suggested under a label, and how files hold them."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WORDS, PATTERN = "words", "pattern"

_HEADINGS = frozenset(
    "word words name names term terms text mot mots nom noms terme termes entrée".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Words, or one regular expression; `entity` is the name of whom or what they mean in the register."""

    words: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A list of somebody's own. `label` is a label's id; `kind` is "words" or "pattern".

    With `case_counts` capitals must be alike, with `whole_words` only whole words count.
    """

    id: str
    name: str
    label: str
    kind: str = WORDS
    case_counts: bool = True
    whole_words: bool = True
    is_on: bool = True


def read_entries(text: str) -> list[Entry]:
    """Return the entries of a text with one a line, or of a CSV with the entity in a second column.

    A line of headings is known by its words. Empty lines and what comes twice are left out, and so are
    lines that begin with "#".
    """
    rows = list(_rows(text))
    if rows and rows[0] and rows[0][0].strip().casefold() in _HEADINGS:
        rows = rows[1:]
    found: dict[str, Entry] = {}
    for row in rows:
        words = " ".join(row[0].split()) if row else ""
        if words and not words.startswith("#"):
            entity = " ".join(row[1].split()) if len(row) > 1 else ""
            found.setdefault(words, Entry(words, entity))
    return list(found.values())


def write_entries(entries: Iterable[Entry]) -> str:
    """Return entries as CSV that `read_entries` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("words", "entity"))
    writer.writerows((each.words, each.entity) for each in entries)
    return out.getvalue()


def _rows(text: str) -> Iterator[list[str]]:
    lines = text.removeprefix("\ufeff").splitlines()
    parted = _delimiter(lines)
    if parted:
        yield from csv.reader(lines, delimiter=parted)
    else:
        yield from ([line] for line in lines)


def _delimiter(lines: list[str]) -> str:
    """Return what parts the columns, "" where there is one column: a comma may belong to a name.

    A file has columns if its headings say so, or if every line has the same number of them.
    """
    first = lines[0] if lines else ""
    for sign in "\t;,":
        heads = [each.strip().strip('"').casefold() for each in first.split(sign)]
        if len(heads) > 1 and heads[0] in _HEADINGS:
            return sign
    for sign in "\t;":
        if lines and all(line.count(sign) == 1 for line in lines if line.strip()):
            return sign
    return ""
