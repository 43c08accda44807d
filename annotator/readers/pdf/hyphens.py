"""Words that are parted at the end of a line: put together, or told to keep their hyphen."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_END = re.compile(r"(?P<word>[^\W_][\w’'\-\u2010]*)(?P<hyphen>[\-\u2010\u00ad¬])$")
_START = re.compile(r"[^\W_]+(?:[\-\u2010’'][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[\-\u2010][^\W\d_]+)*")
_PRONOUN = re.compile(
    r"t-(?:il|elle|on|ils|elles)\b|(?:elle|elles|ils|je|nous|vous|même|mêmes|moi|toi|lui|leur|eux)\b"
)
_IN_NAMES = frozenset("à au aux de des du en la le les lès sous sur".split())
"""Words within the names of places: Saint-Jean-de-Luz."""

_COMPOUNDS = frozenset(
    "peut-être vis-à-vis est-à-dire week-end week-ends rendez-vous après-midi"
    " avant-hier au-delà au-dessus au-dessous par-dessus par-delà là-bas là-haut ci-dessus"
    " ci-dessous ci-après celui-ci celui-là celle-ci celle-là ceux-ci ceux-là celles-ci celles-là"
    " porte-parole sous-préfet vice-président vice-présidente vice-première ex-ministre ex-président"
    " chef-d’œuvre grand-mère grand-père arrière-grand-père outre-mer mi-temps quelques-uns"
    " quelques-unes non-lieu sud-est sud-ouest nord-est nord-ouest est-ce est-il dit-il dit-elle".split()
)


@dataclass(slots=True)
class Hyphens:
    """Which words a document has elsewhere, and what became of those that are parted."""

    known: frozenset[str]
    joined: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    def join(self, line: str, after: str) -> str | None:
        """Return two lines as one when the first ends inside a word, else None."""
        end, start = _END.search(line), _START.match(after)
        if not end or not start:
            return None
        head, tail = end["word"], start[0]
        if self._is_parted(head, end["hyphen"], tail):
            self.joined[head + tail] += 1
            return line[:-1] + after
        self.kept[f"{head}-{tail}"] += 1
        return line + after

    def _is_parted(self, head: str, hyphen: str, tail: str) -> bool:
        """Tell a word that only the end of the line parts from one with a hyphen of its own.

        The document itself knows best: it may have the word elsewhere. Then come words that are
        always written so, names, numbers, and verbs before their pronoun.
        """
        if hyphen in "\u00ad¬":
            return True
        stem = re.split("[’']", head)[-1]
        _before, joint, last = stem.replace("\u2010", "-").rpartition("-")
        if (last + tail).lower() in self.known:
            return True
        if any(f"{each}-{tail}".lower() in self.known | _COMPOUNDS for each in (head, stem)):
            return False
        return not (
            tail[0].isupper()
            or not (last + tail).isalpha()
            or len(last) == 1
            or _PRONOUN.match(tail.lower())
            or (joint and tail in _IN_NAMES)
        )


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Return the words in lines, in lower case, without those that an end of line parts."""
    found: set[str] = set()
    for line in lines:
        words = [match[0].lower().replace("\u2010", "-") for match in _WORD.finditer(line)]
        parted = _END.search(line)
        found.update(words[1:-1] if parted else words[1:])
    return frozenset(found)
