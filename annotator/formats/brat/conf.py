"""What tells brat of a scheme: `annotation.conf` with its types, `visual.conf` with their looks."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from annotator.core.scheme import Scheme
from annotator.formats.brat.names import Spelling, comments

_ANY = "<ENTITY>"

_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "blue": "lightskyblue",
        "orange": "orange",
        "green": "lightgreen",
        "purple": "plum",
        "red": "salmon",
        "teal": "paleturquoise",
        "yellow": "khaki",
        "pink": "lightpink",
        "indigo": "lightsteelblue",
        "lime": "greenyellow",
        "brown": "burlywood",
        "grey": "lightgrey",
    }
)
"""The colours of labels in words that a browser knows, pale enough for black letters."""

_MOST_VALUES = 100
"""Values of an attribute that brat is told of: more are no choice, but a text."""


class Inventory:
    """Which types a corpus has: those of its scheme, and what its articles have beyond that."""

    def __init__(self, scheme: Scheme, spelling: Spelling) -> None:
        self.scheme = scheme
        self.spelling = spelling
        self._links: dict[str, tuple[set[str], set[str]]] = {}
        self._attributes: dict[str, tuple[set[str], dict[str, None]]] = {}
        for label in scheme.labels:
            for slot in label.slots:
                self.add_link(slot.name, [label.id], slot.labels)
            for attribute in label.attributes:
                # A text is not declared: brat would take it for a flag, and not show it.
                if attribute.kind != "text":
                    self.add_attribute(attribute.name, label.id, attribute.values)
        for link in scheme.links:
            self.add_link(link.name, link.from_labels, link.to_labels)

    def add_link(self, name: str, sources: Collection[str], targets: Collection[str]) -> None:
        """Take note of a link between some labels (ids); none of them means any."""
        ends = self._links.setdefault(name, (set(), set()))
        for known, given in zip(ends, (sources, targets), strict=True):
            known.update(given or [_ANY])

    def add_attribute(self, name: str, label: str, values: Iterable[str] = ()) -> None:
        """Take note of an attribute of a label (its id), and of values it may have."""
        labels, known = self._attributes.setdefault(name, (set(), {}))
        labels.add(label)
        if len(known) < _MOST_VALUES:
            known.update(dict.fromkeys(values))

    def value(self, name: str, text: str) -> str:
        """Return a choice of an attribute as brat can list it."""
        return self.spelling(f"value:{self.spelling('attribute', name)}", text)

    def annotation_conf(self) -> str:
        """Return the types in brat's words."""
        return "\n".join((*self._types(), "", *comments(self.spelling), ""))

    def visual_conf(self) -> str:
        """Return the names of types as people read them, and the colours of labels."""
        spell = self.spelling
        labels = {spell("label", label.name): label for label in self.scheme.labels}
        links = {spell("link", name): name for name in self._links}
        attributes = {spell("attribute", name): name for name in self._attributes}
        names = {word: label.name for word, label in labels.items()} | links | attributes
        lines = ["[labels]"]
        lines += [f"{word} | {_shown(name)}" for word, name in names.items() if word != name]
        lines += ["", "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:lightgrey"]
        lines[-1] += ", borderColor:darken"
        lines += ["ARC_DEFAULT\tcolor:black, arrowHead:triangle-5", "ATTRIBUTE_DEFAULT\tglyph:*"]
        lines += [
            f"{word}\tbgColor:{_COLOURS.get(label.colour, 'lightgrey')}"
            for word, label in labels.items()
        ]
        return "\n".join((*lines, ""))

    def _types(self) -> Iterator[str]:
        spell = self.spelling
        yield "[entities]"
        yield from (spell("label", label.name) for label in self.scheme.labels)
        yield "\n[relations]"
        # Without it brat calls spans that overlap an error.
        yield f"<OVERLAP>\tArg1:{_ANY}, Arg2:{_ANY}, <OVL-TYPE>:<ANY>"
        for name, (sources, targets) in self._links.items():
            ends = f"Arg1:{self._words(sources)}, Arg2:{self._words(targets)}"
            yield f"{spell('link', name)}\t{ends}"
        yield "\n[events]"
        yield "\n[attributes]"
        for name, (labels, values) in self._attributes.items():
            words = "|".join(self.value(name, value) for value in values)
            end = f", Value:{words}" if words else ""
            yield f"{spell('attribute', name)}\tArg:{self._words(labels)}{end}"

    def _words(self, labels: Collection[str]) -> str:
        if _ANY in labels:
            return _ANY
        order = [label for label in self.scheme.labels if label.id in labels]
        return "|".join(self.spelling("label", label.name) for label in order) or _ANY


def _shown(name: str) -> str:
    """Return a name as it may stand in a configuration."""
    return " ".join(name.replace("|", "/").split())
