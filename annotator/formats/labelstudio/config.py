"""The labelling configuration for Label Studio: its labels, what is asked of a region, its relations."""

import json
import re
from collections.abc import Iterator
from itertools import chain, count
from typing import Any
from xml.sax.saxutils import quoteattr

from annotator.core.scheme import Attribute, Scheme
from annotator.formats.values import NOT_IN_XML
from annotator.language import _

CONFIG = "config.xml"
LABEL, TEXT, NOTE, ENTITY = "label", "text", "note", "entity"
"""The controls that every configuration of ours has."""

_OWN = frozenset((LABEL, TEXT, NOTE, ENTITY))

JSON = ".json"
"""What the name of a control ends in whose text is the JSON of an attribute's value."""

SET = "true"
"""The choice that says that a flag is set."""

_NOT_IN_A_NAME = re.compile(r"[@#\x00-\x1f]")
"""What Label Studio cuts names at."""

_MOST_CHOICES = 200


class Controls:
    """Which control holds an attribute of a region; learns what the articles have beyond the scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._names: dict[str, str] = {}
        self._texts = {self.name(attribute.name) for attribute in _attributes(scheme, "text")}
        self._choices: dict[str, dict[str, None]] = {}
        self._areas: dict[str, None] = {}
        self._relations = dict.fromkeys(_relations(scheme))
        for attribute in _attributes(scheme, "choice", "flag"):
            if attribute.name in _OWN:
                continue
            flag = (SET,) if attribute.kind == "flag" else ()
            self._choices[self.name(attribute.name)] = dict.fromkeys((*attribute.values, *flag))
        self._areas.update(dict.fromkeys(sorted(self._texts)))

    def name(self, attribute: str) -> str:
        """Return what an attribute is called in the configuration, always the same."""
        if attribute not in self._names:
            plain = _NOT_IN_A_NAME.sub("_", attribute)
            taken = set(self._names.values())
            wanted = chain((plain,), (f"{plain}_{number}" for number in count(2)))
            self._names[attribute] = next(name for name in wanted if name not in taken)
        return self._names[attribute]

    def relation(self, type_: str) -> None:
        """Take note of a type of relation."""
        self._relations.setdefault(type_)

    def answer(self, name: str, value: Any) -> tuple[str, str, dict[str, Any]]:
        """Return control, kind and value for an attribute (its name here) of a region."""
        if name not in _OWN and not name.endswith(JSON):
            if name in self._texts:
                if isinstance(value, str) and value:
                    return name, "textarea", {"text": [value]}
            elif self._offers(name, choices := _choices(value)):
                return name, "choices", {"choices": choices}
        control = f"{name}{JSON}"
        self._areas[control] = None
        return control, "textarea", {"text": [json.dumps(value, ensure_ascii=False)]}

    def xml(self) -> str:
        """Return the configuration."""
        lines = ["<View>", *self._relations_xml(), f'  <Labels name="{LABEL}" toName="{TEXT}">']
        for label in self._scheme.labels:
            given = _given(value=label.name.strip(), background=label.colour)
            hotkey = _given(hotkey=label.key) if label.key else ""
            lines.append(f"    <Label{given}{hotkey}/>")
        lines += ["  </Labels>", f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>']
        lines += [*self._choices_xml(), *(_area(name) for name in (*self._areas, NOTE, ENTITY))]
        return "\n".join((*lines, "</View>", ""))

    def _offers(self, name: str, choices: list[str]) -> bool:
        """Tell whether choices can be offered for an attribute, and then do so."""
        known = self._choices.setdefault(name, {})
        if not choices or (len(known) >= _MOST_CHOICES and not known.keys() >= set(choices)):
            return False
        known.update(dict.fromkeys(choices))
        return True

    def _relations_xml(self) -> Iterator[str]:
        if self._relations:
            yield "  <Relations>"
            yield from (f"    <Relation{_given(value=name)}/>" for name in self._relations)
            yield "  </Relations>"

    def _choices_xml(self) -> Iterator[str]:
        for name, values in self._choices.items():
            if values:
                given = _given(name=name, toName=TEXT, perRegion="true", choice="multiple")
                yield f"  <Choices{given}{_given(whenTagName=LABEL)}{self._only_for(name)}>"
                yield from (f"    <Choice{_given(value=value)}/>" for value in values)
                yield "  </Choices>"

    def _only_for(self, name: str) -> str:
        """Return which label alone has an attribute, if there is one such."""
        labels = [
            label.name.strip()
            for label in self._scheme.labels
            if name in [self.name(attribute.name) for attribute in label.attributes]
        ]
        return _given(whenLabelValue=labels[0]) if len(labels) == 1 else ""


def _choices(value: Any) -> list[str]:
    """Return a value as choices that can be told from a flag and stand in XML; [] when it cannot."""
    if value is True:
        return [SET]
    given = value if isinstance(value, list) and len(value) > 1 else [value]
    sound = all(
        isinstance(each, str) and each.strip() and each != SET and not NOT_IN_XML.search(each)
        for each in given
    )
    return given if sound and len(set(given)) == len(given) else []


def _attributes(scheme: Scheme, *kinds: str) -> Iterator[Attribute]:
    return (
        attribute
        for label in scheme.labels
        for attribute in label.attributes
        if attribute.kind in kinds
    )


def _relations(scheme: Scheme) -> Iterator[str]:
    yield from (slot.name for label in scheme.labels for slot in label.slots)
    yield from (link.name for link in scheme.links)


def _area(name: str) -> str:
    title = {NOTE: _("Note"), ENTITY: _("Entity")}.get(name, name)
    given = _given(name=name, toName=TEXT, placeholder=title, perRegion="true", editable="true")
    return f"  <TextArea{given}/>"


def _given(**attributes: str) -> str:
    """Return attributes of an element; signs that XML cannot hold become "_"."""
    return "".join(
        f" {name}={quoteattr(NOT_IN_XML.sub('_', value))}" for name, value in attributes.items()
    )
