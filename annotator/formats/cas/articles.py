"""What a CAS says as an article: any layer with a label, its relations and slots, our own metadata."""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Entity, Link, Problem, Remark
from annotator.core.text import LineEnds, Utf16
from annotator.formats import register
from annotator.formats.cas.layers import (
    ATTRIBUTE,
    CONTINUES,
    DOCUMENT,
    ENTITY,
    FIELD,
    METADATA,
    OWN_FEATURES,
    SOFA,
    SPAN,
    TOKEN,
    Cas,
    Structure,
)
from annotator.formats.fragments import Pieces
from annotator.formats.safe_xml import unblanked
from annotator.formats.values import from_text, text_from
from annotator.language import _, n_

CONTROLS = "annotator:controls"
"""The name of the metadata that keeps the characters an XML file could not hold."""

LABEL_FEATURES = ("label", "value", "identifier")
"""Features that may hold a label, the likeliest first; else the layer's own name is one."""

ROLE_FEATURES = ("role", "label", "value", "DependencyType", "relationType")
_SOURCES = ("Governor", "governor", "source")
_TARGETS = ("Dependent", "dependent", "target")
_LINGUISTIC = (
    *(".segmentation.type.", ".lexmorph.type.", ".syntax.type.", ".metadata.type."),
    *(".xml.type.", ".structure.type."),
)
"""Layers of words, sentences and mark-up, of which every token has one: nobody's annotations."""

_Given = tuple[str, int, int, Mapping[str, Any]]
"""A link as a file gives it: its type, the ids of the structures it joins, and what else it says."""

_INTERNAL = ("de.tudarmstadt.ukp.clarin.webanno.api.", "uima.cas.")


def articles(cas: Cas, place: str) -> Iterator[Found]:
    """Yield the article of a CAS, after what is wrong with it and what came from elsewhere."""
    reading = _Reading(cas, place)
    article = reading.article()
    if not article.text.strip():
        yield Problem(place, _("Its text is empty."))
        return
    spans, links = reading.annotations()
    yield from reading.problems
    yield from register.foundation(reading.entities(), place)
    yield LabelledArticle(article, spans, links, place=place)


class _Reading:
    """One CAS while it is being understood; `problems` gathers what is not."""

    def __init__(self, cas: Cas, place: str) -> None:
        self._cas = cas
        self._place = place
        self.problems: list[Problem] = []
        self._by_id = {structure.id: structure for structure in cas.structures}
        self._ends = LineEnds(cas.text)
        self.text = self._ends.text
        self._offset = self._unit()
        self._kinds = {kind: self._kind(kind) for kind in {s.type for s in cas.structures}}
        self._names: Mapping[Hashable, str] = {}

    # What the offsets count

    def _unit(self) -> Callable[[int], int]:
        if not self._cas.is_utf16 or self._cas.text.isascii():
            return self._ends.offset
        utf16 = Utf16(self._cas.text)
        if self._counts_code_points(utf16):
            told = _("Offsets count characters, not UTF-16 units; they were taken as such.")
            self.problems.append(Remark(self._place, told))
            return self._ends.offset
        # Not of self: an import runs without the search for cycles, and this would be one.
        ends = self._ends
        return lambda position: ends.offset(utf16.from_qt(position))

    def _counts_code_points(self, utf16: Utf16) -> bool:
        """Tell by the tokens, which have no blanks at their edges, whether a tool forgot UTF-16."""
        text = self._cas.text
        tokens = [each for each in self._cas.structures if each.type == TOKEN]
        places = [(each.begin or 0, each.end or 0) for each in tokens if each.begin != each.end]
        converted = [(utf16.from_qt(begin), utf16.from_qt(end)) for begin, end in places]
        return any(_is_ragged(text, *each) for each in converted) and not any(
            _is_ragged(text, *each) for each in places
        )

    # Kinds of structures

    def _kind(self, type_name: str) -> str:
        if type_name in (METADATA, DOCUMENT) or self._cas.is_a(type_name, DOCUMENT):
            return "document"
        if type_name in (FIELD, ENTITY, SOFA):
            return "own"
        if is_linguistic(type_name):
            return "linguistic"
        return "internal" if type_name.startswith(_INTERNAL) else "layer"

    def _layers(self) -> Iterator[Structure]:
        """Yield what may be an annotation or a relation, and tell what was passed over."""
        passed: Counter[str] = Counter()
        for structure in self._cas.structures:
            kind = self._kinds[structure.type]
            if kind == "layer" and structure.begin is not None:
                yield structure
            elif kind == "linguistic" and ".segmentation.type." not in structure.type:
                passed[short_name(structure.type)] += 1
        for name, count in passed.items():
            told = n_(
                "{count} item of {name} describes words or mark-up; it was passed over.",
                "{count} items of {name} describe words or mark-up; they were passed over.",
                count,
            )
            self.problems.append(Remark(self._place, told.format(count=count, name=name)))

    # The article and what is known of it

    def article(self) -> Article:
        """Return the text with its metadata: ours where there is any, else that of DKPro."""
        own = {
            text_from(str(each.values.get("name", ""))): from_text(str(each.values["value"]))
            for each in self._cas.structures
            if each.type == FIELD and "value" in each.values
        }
        self.text = unblanked(self.text, own.pop(CONTROLS, None))
        document = self._document()
        given = {
            "title": document.get("documentTitle"),
            "url": document.get("documentUri"),
            "language": document.get("language"),
        }
        if given["language"] == "x-unspecified":
            del given["language"]
        is_ours = own or any(each.type == FIELD for each in self._cas.structures)
        known = own if is_ours else {name: str(value) for name, value in given.items() if value}
        return known_article(str(document.get("documentId") or new_id()), self.text, known)

    def _document(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for structure in self._cas.structures:
            if self._kinds[structure.type] == "document":
                found.update(structure.values)
        return found

    def entities(self) -> list[Entity]:
        """Return the entities that the file brings along."""
        rows = [each.values for each in self._cas.structures if each.type == ENTITY]
        found = [register.from_row({name: str(text) for name, text in row.items()}) for row in rows]
        return [entity for entity in found if entity]

    # Annotations and links

    def annotations(self) -> tuple[list[Span], list[Link]]:
        """Return what is annotated, the fragments of an annotation joined again."""
        pieces = Pieces(self.text)
        relations: list[Structure] = []
        for structure in self._layers():
            if self._ends_of(structure):
                relations.append(structure)
            else:
                self._take(structure, pieces)
        links: list[_Given] = []
        for relation in relations:
            source, target = self._ends_of(relation) or (0, 0)
            kind = self._role(relation)
            if kind == CONTINUES and pieces.may_join(source, target):
                pieces.join(source, target)
            else:
                links.append((kind, source, target, relation.values))
        links += [(kind, one, other, {}) for kind, one, other in self._slots(pieces)]
        spans, self._names = pieces.spans()
        self.problems += [Problem(self._place, told) for told in pieces.problems]
        return spans, list(self._links(links))

    def _ends_of(self, structure: Structure) -> tuple[int, int] | None:
        """Return what a relation joins, None for anything else."""
        source = next((structure.refs[name] for name in _SOURCES if name in structure.refs), ())
        target = next((structure.refs[name] for name in _TARGETS if name in structure.refs), ())
        return (source[0], target[0]) if len(source) == len(target) == 1 else None

    def _take(self, structure: Structure, pieces: Pieces) -> None:
        assert structure.begin is not None
        start = self._offset(structure.begin)
        end = self._offset(structure.end if structure.end is not None else structure.begin)
        is_inside = structure.begin >= 0 and 0 <= start < end <= len(self.text)
        if not is_inside:
            told = _(
                "The {layer} at [{begin}, {end}] lies outside the text or is empty; it was left out."
            ).format(layer=short_name(structure.type), begin=structure.begin, end=structure.end)
            self.problems.append(Problem(self._place, told))
            return
        pieces.add(structure.id, self._span(structure, start, end))

    def _span(self, structure: Structure, start: int, end: int) -> Span:
        label, rest = self._labelled(structure)
        surface = self.text[start:end]
        if structure.type == SPAN:
            return _own_span(label, rest, self._attribute_names(), start, end, surface)
        attributes = {name: value for name, value in rest.items() if value not in (None, "")}
        row = json.dumps(attributes, ensure_ascii=False) if attributes else "{}"
        return Span("", label, 0, start, end, surface, row, origin="import")

    def _labelled(self, structure: Structure) -> tuple[str, dict[str, Any]]:
        """Return what is taken for the label, and the other features."""
        rest = dict(structure.values)
        for name in LABEL_FEATURES:
            value = rest.get(name)
            if isinstance(value, str) and value.strip():
                del rest[name]
                return value, rest
            if name in self._features(structure.type):
                break
        return short_name(structure.type), rest

    def _features(self, type_name: str) -> Mapping[str, Any]:
        return self._cas.types[type_name].features if type_name in self._cas.types else {}

    def _attribute_names(self) -> Mapping[str, str]:
        features = self._features(SPAN).items()
        return {
            name: feature.description.removeprefix(ATTRIBUTE)
            for name, feature in features
            if feature.description.startswith(ATTRIBUTE)
        }

    def _role(self, structure: Structure) -> str:
        for name in ROLE_FEATURES:
            value = structure.values.get(name)
            if isinstance(value, str) and value.strip():
                return text_from(value) if structure.type.startswith("custom.") else value
        return short_name(structure.type)

    def _slots(self, pieces: Pieces) -> Iterator[tuple[str, int, int]]:
        """Yield what the features of annotations lead to: another annotation, or a slot's filler."""
        for structure in self._cas.structures:
            if structure.id not in pieces:
                continue
            for name, targets in structure.refs.items():
                for target in self._unpacked(targets):
                    slot = self._by_id.get(target)
                    if slot and target not in pieces and "target" in slot.refs:
                        yield self._slot_role(slot, name), structure.id, slot.refs["target"][0]
                    elif slot is None or target in pieces:
                        yield name, structure.id, target

    def _slot_role(self, slot: Structure, name: str) -> str:
        role = slot.values.get("role")
        return role if isinstance(role, str) and role.strip() else name

    def _unpacked(self, targets: tuple[int, ...]) -> Iterator[int]:
        """Yield references, those in arrays one by one."""
        for target in targets:
            packed = self._by_id.get(target)
            if packed and "elements" in packed.refs:
                yield from packed.refs["elements"]
            else:
                yield target

    def _links(self, given: list[_Given]) -> Iterator[Link]:
        seen: set[tuple[str, str, str]] = set()
        for kind, source, target, values in given:
            one, other = self._names.get(source, ""), self._names.get(target, "")
            if not one or not other or one == other or (kind, one, other) in seen:
                told = _(
                    "A relation “{name}” joins nothing that came in, or itself, or stands twice."
                )
                self.problems.append(Problem(self._place, told.format(name=kind)))
                continue
            seen.add((kind, one, other))
            said = {name: text_from(str(values.get(name, ""))) for name in ("annotator", "created")}
            yield Link(str(values.get("id") or new_id()), kind, one, other, **said)


def _own_span(
    label: str,
    rest: Mapping[str, Any],
    names: Mapping[str, str],
    start: int,
    end: int,
    surface: str,
) -> Span:
    """Return a span of our own layer with all that its features say."""
    texts = {name: str(rest.get(name, "")) for name in OWN_FEATURES}
    attributes = {
        names.get(name, name): from_text(value) if isinstance(value, str) else value
        for name, value in rest.items()
        if name not in OWN_FEATURES and value is not None
    }
    return Span(
        texts["id"],
        label,
        0,
        start,
        end,
        surface,
        json.dumps(attributes, ensure_ascii=False) if attributes else "{}",
        text_from(texts["note"]),
        texts["entity"] or None,
        text_from(texts["annotator"]),
        texts["origin"] or "import",
        texts["state"] or "accepted",
        _number(texts["score"]),
        text_from(texts["reason"]),
        texts["created"],
        texts["updated"],
        texts["settled"],
    )


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _is_ragged(text: str, begin: int, end: int) -> bool:
    """Tell a token that begins or ends with a blank, or lies outside the text."""
    return end > len(text) or text[begin:end] != text[begin:end].strip()


def is_linguistic(type_name: str) -> bool:
    """Tell a layer that describes words, sentences or mark-up."""
    return any(part in type_name for part in _LINGUISTIC)


def short_name(type_name: str) -> str:
    """Return the name of a type without its package."""
    return type_name.rpartition(".")[2]
