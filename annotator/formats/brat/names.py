"""Names as brat can spell them, and back: its types are ASCII words, a scheme's names are anything.

The names that had to be spelled otherwise stand in comments of `annotation.conf`, which brat skips.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, count
from pathlib import Path

CONF = "annotation.conf"

_NOT_IN_A_TYPE = re.compile(r"[^A-Za-z0-9_-]")
"""What a type may not have in a configuration of brat (`normalize_to_storage_form`)."""

_NOT_IN_A_VALUE = re.compile(r"[\s,|<>\x00-\x1f]+")
_SPELLED = re.compile(r"#~ (\S+) (\S+) (.+)")


class Spelling:
    """Spells names, each always the same way and no two of a kind alike.

    Kinds are "label", "link", "attribute", and "value:NAME" for the choices of an attribute.
    """

    def __init__(self) -> None:
        self._spelled: dict[tuple[str, str], str] = {}
        self._taken: set[tuple[str, str]] = set()

    def __call__(self, kind: str, name: str) -> str:
        """Return a name as brat can write it."""
        word = self._spelled.get((kind, name))
        return word if word is not None else self._spell(kind, name)

    def changed(self) -> Iterator[tuple[str, str, str]]:
        """Yield the kind, the name and the word of what had to be spelled otherwise."""
        for (kind, name), word in self._spelled.items():
            if word != name:
                yield kind, name, word

    def _spell(self, kind: str, name: str) -> str:
        plain = _value(name) if kind.startswith("value:") else _type(name)
        words = chain((plain,), (f"{plain}_{number}" for number in count(2)))
        word = next(word for word in words if (kind, word) not in self._taken)
        self._taken.add((kind, word))
        self._spelled[kind, name] = word
        return word


def comments(spelling: Spelling) -> Iterator[str]:
    """Yield the comments that tell what was spelled otherwise."""
    for kind, name, word in spelling.changed():
        yield f"#~ {kind} {word} {json.dumps(name)}"


class Names:
    """What the words of a folder's files stand for; `labels` alone by word."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self.labels: dict[str, str] = {}
        for line in lines:
            match = _SPELLED.fullmatch(line)
            if match:
                self._add(*match.groups())

    def __call__(self, kind: str, word: str) -> str:
        """Return the name that a word stands for: usually the word itself."""
        return self._names.get((kind, word), word) if self._names else word

    def _add(self, kind: str, word: str, raw: str) -> None:
        try:
            name = json.loads(raw)
        except ValueError:
            return
        if isinstance(name, str) and name.strip():
            self._names[kind, word] = name
            if kind == "label":
                self.labels[word] = name


AS_THEY_ARE = Names()


def names_for(path: Path) -> Names:
    """Return what the words of an `.ann` file stand for, by the configuration beside it."""
    conf = path.with_name(CONF)
    try:
        state = conf.stat()
    except OSError:
        return AS_THEY_ARE
    return _names(conf, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _names(conf: Path, _changed: int, _size: int) -> Names:
    try:
        return Names(conf.read_text("utf-8").split("\n"))
    except (OSError, UnicodeDecodeError):
        return AS_THEY_ARE


def _type(name: str) -> str:
    if not _NOT_IN_A_TYPE.search(name) and name.strip("_-"):
        return name
    parted = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in parted if not unicodedata.combining(char))
    word = _NOT_IN_A_TYPE.sub("_", plain)
    return word if word.strip("_-") else "unnamed"


def _value(text: str) -> str:
    return _NOT_IN_A_VALUE.sub("_", text) if _NOT_IN_A_VALUE.search(text) else text
