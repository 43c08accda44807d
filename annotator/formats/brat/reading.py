"""brat's standoff lines into an article: spans, relations, events, attributes, notes, references.

The rules are those of brat's own reader, `server/src/annotation.py` of its repository.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.ids import new_id
from annotator.core.model import Article, Entity, Link, Problem, Remark
from annotator.core.text import LineEnds
from annotator.formats.brat.lines import (
    BOM,
    BREAKS,
    Given,
    Line,
    Lines,
    Ranges,
    parted_lines,
    plain_spans,
    short,
)
from annotator.formats.brat.names import AS_THEY_ARE, Names
from annotator.formats.register import foundation
from annotator.formats.spans import Offsets, Tally, json_text, unit_where
from annotator.language import _, n_

REGISTER = "Register"
"""The database that a project's own entities are in, for brat's lines of references."""

_ONLY_BREAKS = re.compile(f"[{BREAKS}]*")
_ROLE_NUMBER = re.compile(r"(?<=\D)\d+$")


def read_standoff(
    raw: str,
    annotations: str,
    name: str,
    names: Names = AS_THEY_ARE,
    *,
    marked: bool = False,
) -> Iterator[Found]:
    """Yield the article of a text as its file has it, with what the lines say of it.

    `name` is the annotations' file in messages; `marked` tells that the text stood behind a byte
    order mark.
    """
    text = LineEnds(raw).text if "\r" in raw else raw
    article = Article(new_id(), text)
    plain = None if marked or text is not raw else plain_spans(annotations, text, names)
    if plain is not None:
        yield LabelledArticle(article, plain, [], place=name)
        return
    lines = parted_lines(annotations)
    reading = _Reading(article, lines, names)
    yield from reading.place(raw, name, marked=marked)
    reading.dress()
    links = reading.links()
    yield from foundation(list(reading.entities.values()), name)
    yield from (
        Problem(f"{name}:{number}" if number else name, told)
        for number, told in sorted(lines.wrong)
    )
    if lines.equivalences:
        count = len(lines.equivalences)
        told = n_(
            "{count} set of equivalents became links of the type “Equiv”.",
            "{count} sets of equivalents became links of the type “Equiv”.",
            count,
        )
        yield Remark(name, told.format(count=count))
    yield LabelledArticle(article, reading.spans(), links, place=name)


class _Reading:
    """Builds one article: where its spans lie, then what is said of them and between them."""

    def __init__(self, article: Article, lines: Lines, names: Names) -> None:
        self.entities: dict[str, Entity] = {}
        self._article = article
        self._lines = lines
        self._names = names
        self._groups: dict[str, list[Span]] = {}
        self._targets: dict[str, str] = {}

    def place(self, raw: str, name: str, *, marked: bool) -> Iterator[Problem]:
        """Find the spans in the text; tells in which unit their offsets are if it is not ours."""
        text = self._article.text
        bounds = self._lines.bounds
        if marked and text.startswith(BOM):
            # Two marks are what our writer sets before a text with one, and counts.
            for id_, given in bounds.items():
                self._place(id_, given, lambda offset: offset - 1, 0)
            return
        tally = Tally()
        said = [(each.ranges, each.surface) for each in bounds.values() if each.surface]
        offsets, inclusive = unit_where(said, raw, text, tally, marked=marked)
        for unit in tally.units:
            told = _("Offsets count {unit}; they were converted.").format(unit=unit)
            yield Remark(name, told)
        for id_, given in bounds.items():
            self._place(id_, given, offsets, inclusive)

    def _place(self, id_: str, given: Given, offsets: Offsets, inclusive: int) -> None:
        text = self._article.text
        ranges = sorted((offsets(start), offsets(end + inclusive)) for start, end in given.ranges)
        if any(not 0 <= start < end <= len(text) for start, end in ranges):
            told = _("It lies outside the text, which has {length} characters, or is empty.")
            self._wrong(given.line, told.format(length=len(text)))
            return
        found = [text[start:end] for start, end in ranges]
        if given.surface and not _says(given.surface, found):
            told = _("The file says “{said}”, but the text there is “{found}”.")
            self._wrong(
                given.line,
                told.format(said=short(given.surface), found=short(" ".join(found))),
            )
            return
        if any(end > start for (_s, end), (start, _e) in pairwise(ranges)):
            told = _("Fragments of an annotation overlapped; they became one stretch.")
            self._wrong(given.line, told)
        label, identity = self._names("label", given.type), new_id()
        self._groups[id_] = [
            Span(identity, label, n, start, end, text[start:end], origin="import")
            for n, (start, end) in enumerate(joined(text, ranges))
        ]

    def dress(self) -> None:
        """Put attributes, notes and references on the spans that they speak of."""
        self._targets = {id_: id_ for id_ in self._groups}
        for event in self._lines.events:
            self._add_event(event)
        self._add_attributes()
        for note in self._lines.notes:
            self._add_note(note)
        for reference in self._lines.references:
            self._add_reference(reference)

    def links(self) -> list[Link]:
        """Return the relations, the arguments of events and the sets of equivalents as links."""
        links: dict[tuple[str, str, str], Link] = {}
        for number, type_, source, target in self._pairs():
            ends = [self._groups.get(self._targets.get(id_, "")) for id_ in (source, target)]
            if ends[0] is None or ends[1] is None or ends[0] is ends[1]:
                told = _("It does not join two different annotations of this article.")
                self._wrong(number, told)
                continue
            key = ends[0][0].annotation, type_, ends[1][0].annotation
            if key in links:
                self._wrong(number, _("It stands twice."))
            else:
                links[key] = Link(new_id(), type_, key[0], key[2])
        return list(links.values())

    def spans(self) -> list[Span]:
        """Return the fragments of all annotations, in the order of the file."""
        if all(len(group) == 1 for group in self._groups.values()):
            return [span for (span,) in self._groups.values()]
        return [span for group in self._groups.values() for span in group]

    def _pairs(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield line, type and both ends of all that joins two annotations."""
        for number, _id, data, _tail in self._lines.relations:
            type_, _blank, arguments = data.partition(" ")
            ends = [argument.partition(":")[2] for argument in arguments.split()]
            yield (number, self._names("link", type_), *_two(ends))
        for number, id_, data, _tail in self._lines.events:
            for argument in data.split()[1:]:
                role, _colon, target = argument.partition(":")
                type_ = self._names("link", _ROLE_NUMBER.sub("", role))
                yield number, type_, id_, target
        for number, _id, data, _tail in self._lines.equivalences:
            type_, *ids = data.split()
            for other in ids[1:]:
                yield number, type_, ids[0], other

    def _add_event(self, event: Line) -> None:
        """Let what speaks of an event speak of its trigger."""
        type_, _colon, trigger = event.data.split()[0].partition(":")
        if trigger not in self._groups:
            told = _("The event {type} has no trigger in this article.").format(type=type_)
            self._wrong(event.number, told)
        self._targets[event.id] = trigger

    def _add_attributes(self) -> None:
        given: dict[str, dict[str, list[str | bool]]] = defaultdict(lambda: defaultdict(list))
        for line in self._lines.attributes:
            word, _blank, rest = line.data.partition(" ")
            id_, has_value, value = rest.partition(" ")
            target = self._target(line, id_)
            if target:
                name = self._names("attribute", word)
                kept = self._names(f"value:{word}", value) if has_value else True
                given[target][name].append(kept)
        for target, attributes in given.items():
            row = {
                name: values[0] if len(values) == 1 else values
                for name, values in attributes.items()
            }
            self._change(target, _with_attributes(json_text(row)))

    def _add_note(self, line: Line) -> None:
        target = self._target(line, line.data.split()[-1])
        if target and line.tail:
            before = self._groups[target][0].note
            note = f"{before}\n{line.tail}" if before else line.tail
            self._change(target, lambda span: span._replace(note=note))

    def _add_reference(self, line: Line) -> None:
        words = line.data.split(" ")
        database, _colon, key = words[-1].partition(":")
        target = self._target(line, words[1] if len(words) == 3 else "")
        if not target:
            return
        if not key or self._groups[target][0].entity:
            told = (
                _("It refers to more than one entity; the first was taken.")
                if key
                else _("It names no database and no key in it.")
            )
            self._wrong(line.number, told)
            return
        name = line.tail or self._groups[target][0].surface
        entity = _entity(database, key, name)
        self.entities.setdefault(entity.id, entity)
        self._change(target, lambda span: span._replace(entity=entity.id))

    def _target(self, line: Line, id_: str) -> str:
        """Return the span that a line speaks of, "" and a complaint when there is none."""
        target = self._targets.get(id_, "")
        if target in self._groups:
            return target
        told = _("It speaks of {id}, which is no annotation of this article.")
        self._wrong(line.number, told.format(id=short(id_) or "–"))
        return ""

    def _change(self, target: str, change: Callable[[Span], Span]) -> None:
        self._groups[target] = [change(span) for span in self._groups[target]]

    def _wrong(self, number: int, told: str) -> None:
        self._lines.wrong.append((number, told))


def joined(text: str, ranges: Sequence[tuple[int, int]]) -> Ranges:
    """Return fragments with those as one that touch or have nothing but line ends between them.

    brat parts what runs over a line end. The ranges are in text order.
    """
    found = [ranges[0]]
    for start, end in ranges[1:]:
        low, high = found[-1]
        if start <= high or _ONLY_BREAKS.fullmatch(text, high, start):
            found[-1] = low, max(high, end)
        else:
            found.append((start, end))
    return found


def _says(said: str, found: Sequence[str]) -> bool:
    """Tell whether a surface is that of fragments.

    Older versions of brat set no blank between them, other tools write one for a line end; behind
    a blank the line may go on.
    """
    plain = _plain(said)
    return any(
        plain.startswith(each) and (len(plain) == len(each) or plain[len(each)].isspace())
        for each in (_plain(" ".join(found)), _plain("".join(found)))
    )


def _plain(text: str) -> str:
    return re.sub(f"[{BREAKS}]", " ", text)


def _entity(database: str, key: str, name: str) -> Entity:
    """Return the entity of a reference; one of another register has the same id wherever it is met."""
    if database == REGISTER:
        return Entity(unquote(key), name)
    named = f"{database}:{key}"
    return Entity(str(uuid5(NAMESPACE_URL, f"brat:{named}")), name, external_id=named)


def _with_attributes(attributes: str) -> Callable[[Span], Span]:
    return lambda span: span._replace(attributes=attributes)


def _two(ends: Sequence[str]) -> tuple[str, str]:
    return (ends[0], ends[1]) if len(ends) == 2 else ("", "")
