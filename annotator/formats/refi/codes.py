"""What a REFI-QDA project needs to know before its sources: users, codes, variables, ids, names."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid5

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.metadata import metadata
from annotator.core.model import Entity
from annotator.formats.safe_xml import blanked
from annotator.formats.values import to_text

_SPACE = UUID("6d1d5a0e-6a0e-5b39-9d55-7c7a1f0c8a11")
"""What ids that are no UUIDs are made of, always the same for the same id."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "blue": "#1f77b4",
        "orange": "#ff7f0e",
        "green": "#2ca02c",
        "purple": "#9467bd",
        "red": "#d62728",
        "teal": "#17a2a2",
        "yellow": "#d4b106",
        "pink": "#e377c2",
        "indigo": "#4b4fb3",
        "lime": "#8fbf26",
        "brown": "#8c564b",
        "grey": "#7f7f7f",
    }
)
"""Colours of codes, by the names that labels have."""


def guid(kind: str, id_: str) -> str:
    """Return an id as REFI spells it: a UUID stays one."""
    return id_ if _UUID.fullmatch(id_) else str(uuid5(_SPACE, f"{kind}:{id_}"))


def goes_on(fragment: str) -> str:
    """Return the id of the link that leads to a further fragment."""
    return guid("continues", f"to {fragment}")


@dataclass(slots=True)
class Names:
    """Names that are to be unique, as programs ask for: a second one gets a number."""

    taken: set[str] = field(default_factory=set)

    def free(self, wanted: str) -> str:
        """Return a name that was not given before."""
        plain = blanked(wanted)
        name, number = plain, 2
        while name in self.taken:
            name, number = f"{plain} ({number})", number + 1
        self.taken.add(name)
        return name


@dataclass(slots=True)
class Codes:
    """What was met in a corpus, in the order in which it was met, each with the name it goes by."""

    annotators: dict[str, None] = field(default_factory=dict)
    values: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    entities: dict[str, str] = field(default_factory=dict)
    variables: dict[str, None] = field(default_factory=dict)
    has_links: bool = False
    has_articles: bool = False
    are_dates: bool = True
    _names: dict[str, Names] = field(default_factory=dict)

    def meet(self, labelled: LabelledArticle, register: Mapping[str, Entity]) -> None:
        """Take note of all that an article needs."""
        self.has_articles = True
        self.has_links |= bool(labelled.links) or any(span.n for span in labelled.spans)
        self.variables.update(dict.fromkeys(metadata(labelled.article)))
        if labelled.article.published:
            self.are_dates &= _is_date(labelled.article.published)
        for span in labelled.spans:
            if span.annotator:
                self.annotators[span.annotator] = None
            if span.attributes != "{}" and span.n == 0:
                self._meet_values(span)
            if span.entity is not None and span.entity not in self.entities:
                known = register.get(span.entity)
                name = known.name if known else span.entity
                self.entities[span.entity] = self._free("", name)

    def _meet_values(self, span: Span) -> None:
        known = self.values.setdefault(span.label, {})
        for name, value in json.loads(span.attributes).items():
            pair = name, to_text(value)
            if pair not in known:
                known[pair] = self._free(span.label, f"{name}: {pair[1]}")

    def _free(self, group: str, wanted: str) -> str:
        return self._names.setdefault(group, Names()).free(wanted)

    def of(self, span: Span) -> Iterable[str]:
        """Return the ids of the codes of a fragment, that of the label first."""
        yield guid("label", span.label)
        if span.n:
            return
        if span.attributes != "{}":
            for name, value in json.loads(span.attributes).items():
                yield value_guid(span.label, (name, to_text(value)))
        if span.entity is not None:
            yield guid("entity", span.entity)


def value_guid(label: str, pair: tuple[str, str]) -> str:
    """Return the id of the code for a value of an attribute."""
    return guid("value", json.dumps([label, *pair]))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
