"""IRaMuTeQ's corpus of texts: a line of starred variables, then the text; annotations stay behind.

After its documentation: `**** *source_leponant *date_2026-11-20`, and the text below.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TextIO, get_args

from annotator.core.corpus import LabelledArticle
from annotator.core.formats import Format, Loss, Part
from annotator.core.metadata import metadata
from annotator.core.model import Article, Problem
from annotator.formats.article_writer import KeepingWriter
from annotator.formats.holding import Kept, held, leave_out, metadata_loss
from annotator.language import _

_NAMES = {"author": "auteur", "published": "date", "source": "source", "language": "langue"}
_SENTENCES = ("title", "url")
"""Metadata that every article has for itself: no variable to compare by."""

_LONGEST = 40
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_NOT_IN_A_VALUE = re.compile(r"[^a-z0-9-]+")
_MARK = re.compile("(^|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])( *)(\\*\\*\\*\\*|-\\*|[0-9]{4} \\*)")
"""What begins a text or a theme where it begins a line, as Python counts lines."""

_HEAD = "**** "


class IramuteqWriter(KeepingWriter):
    """Writes all articles into one file, and reads it again line by line."""

    walks = 2
    holds: tuple[Part, ...] = get_args(Part)
    settings = {"lines that begin like a mark": "one space before"}

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return the bare text; what is no variable is told, and every annotation."""
        kept = super().kept(labelled)
        reason = _("The format holds texts alone.")
        gone = {span.annotation: reason for span in labelled.spans if not span.n}
        kept = leave_out(kept, gone, self.labels) if gone else kept
        return Kept(kept.labelled, [*kept.losses, *_lost_metadata(labelled.article)])

    def write(self, target: Path) -> Iterator[Loss]:
        """Write texts one below the other."""
        with target.open("w", encoding="utf-8", newline="\n") as file:
            for each in self.corpus:
                file.write(f"{head(each.article)}\n{guarded(each.article.text)}\n\n")
                yield from self.kept(each).losses

    def differences(self, target: Path) -> Iterator[Problem]:
        """Read the file again and compare heads and texts with what they should be."""
        with target.open(encoding="utf-8", newline="\n") as file:
            found = read_texts(file)
            for each, back in zip_longest(self.corpus, found):
                if each is None:
                    yield Problem(target.name, _("There are more articles than expected."))
                    return
                place = each.article.title or each.article.id
                if back is None:
                    yield Problem(place, _("The article did not come back."))
                elif back[1] != each.article.text:
                    yield Problem(place, _("The text came back changed."))
                elif back[0] != head(each.article):
                    yield Problem(place, _("The metadata came back changed."))
                else:
                    self.held.update(held(each, self.kept(each).losses))


def head(article: Article) -> str:
    """Return the line that begins an article, with the year and the month of its date."""
    variables = dict(_variables(article).values())
    if date := _DATE.match(article.published):
        variables.setdefault("annee", date[1])
        variables.setdefault("mois", f"{date[1]}-{date[2]}")
    return " ".join(["****", *(f"*{name}_{value}" for name, value in variables.items())])


def _variables(article: Article) -> dict[str, tuple[str, str]]:
    """Return name and value of the variable for each piece of metadata that can be one."""
    found: dict[str, tuple[str, str]] = {}
    for key, given in metadata(article).items():
        if key in _SENTENCES or not isinstance(given, str | int | float):
            continue
        name = _NAMES.get(key) or _NOT_IN_A_NAME.sub("", _ascii(key))
        value = _NOT_IN_A_VALUE.sub("", _ascii(str(given)))
        is_free = name and name not in {known for known, _value in found.values()}
        if is_free and value and len(value) <= _LONGEST:
            found[key] = name, value
    return found


def _lost_metadata(article: Article) -> Iterator[Loss]:
    variables = _variables(article)
    left_out = _("It is no short word or number, which variables are made of.")
    changed = _("It is spelled without blanks, accents, capitals and signs, as variables are.")
    for key, value in metadata(article).items():
        if key not in variables:
            yield metadata_loss(article, key, "left out", left_out)
        elif variables[key][1] != str(value):
            yield metadata_loss(article, key, "changed", changed)


def _ascii(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parted if not unicodedata.combining(char))


def guarded(text: str) -> str:
    """Return a text of which no line begins like a mark: such a line gets a space before it."""
    return _MARK.sub(r"\1 \2\3", text)


def unguarded(text: str) -> str:
    """Return the text as it was before `guarded`."""

    def put(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2][1:]}{match[3]}"

    return _MARK.sub(put, text)


def read_texts(lines: TextIO) -> Iterator[tuple[str, str]]:
    """Yield the head and the text of each article of a file as `IramuteqWriter` writes it."""
    current, text = "", list[str]()
    for line in lines:
        if line.startswith(_HEAD) or line == "****\n":
            if current:
                yield current, unguarded("".join(text)[:-2])
            current, text = line.removesuffix("\n"), []
        else:
            text.append(line)
    if current:
        yield current, unguarded("".join(text)[:-2])


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "iramuteq",
            _("IRaMuTeQ text"),
            _(
                "One file of texts with source, date, author and other short metadata as starred "
                "variables. Holds no annotations."
            ),
            (".txt",),
            writer=IramuteqWriter,
            one_file=True,
            holds={"metadata": _("starred variables, if they are short")},
        ),
    )
