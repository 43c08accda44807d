"""Word lists: words or patterns that somebody wants suggested under a label, and how files hold them."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

WORDS, PATTERN = "words", "pattern"

MEANS = " = "
"""What stands between words and the name of whom or what they mean, where a line has no columns."""

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


def read_entries(text: str, kind: str = WORDS) -> list[Entry]:
    """Return the entries of a text with one a line, or of a table with the entity in a second column.

    A line of headings is known by its words. Empty lines and what comes twice are left out, and so are
    lines that begin with "# ". A pattern is a line as it stands.
    """
    found: dict[str, Entry] = {}
    for row in _rows(text, kind):
        words, entity, *_more = (*row, "", "")
        words = words.strip() if kind == PATTERN else " ".join(words.split())
        if words and words != "#" and not words.startswith("# "):
            found.setdefault(words, Entry(words, " ".join(entity.split())))
    return list(found.values())


def write_entries(entries: Iterable[Entry]) -> str:
    """Return entries as CSV that `read_entries` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("words", "entity"))
    writer.writerows((each.words, each.entity) for each in entries)
    return out.getvalue()


def _rows(text: str, kind: str) -> Iterator[list[str]]:
    lines = text.removeprefix("\ufeff").splitlines()
    sign = _parted_by_headings(lines)
    if sign:
        yield from islice(_table(lines, sign), 1, None)
        return
    headed = bool(lines) and lines[0].strip().casefold() in _HEADINGS
    lines = lines[headed:]
    sign = "" if kind == PATTERN else _parted_alike(lines)
    for line in lines:
        if sign:
            yield _cells(line, sign)
        else:
            yield [line] if kind == PATTERN else line.split(MEANS, 1)


def _table(lines: list[str], sign: str) -> Iterator[list[str]]:
    """Yield the rows of a table with headings; one that is no CSV is taken line by line."""
    try:
        yield from list(csv.reader(lines, delimiter=sign))
    except csv.Error:
        yield from (line.split(sign) for line in lines)


def _cells(line: str, sign: str) -> list[str]:
    """Return the columns of a line by itself: a lone quotation mark takes no other line in."""
    if line.count('"') % 2:
        return line.split(sign)
    return next(_table([line], sign), [])


def _parted_by_headings(lines: list[str]) -> str:
    """Return what parts the columns of a table with headings, "" when there are none or one."""
    first = lines[0] if lines else ""
    for sign in "\t;,":
        heads = [each.strip().strip('"').casefold() for each in first.split(sign)]
        if len(heads) > 1 and heads[0] in _HEADINGS:
            return sign
    return ""


def _parted_alike(lines: list[str]) -> str:
    """Return what every line has once, "" for nothing. A comma may belong to a name."""
    for sign in "\t;":
        if lines and all(line.count(sign) == 1 for line in lines if line.strip()):
            return sign
    return ""
