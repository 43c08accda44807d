"""Who speaks: one row a quote, and what the rows add up to by speaker, by gender, by kind of source."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.core.quotes import without_marks
from annotator.core.scheme import Label, Scheme
from annotator.language import _

QUOTE = "quote"
SOURCE, CUE, ADDRESSEE = "source", "cue", "addressee"

GENDERS = ("female", "male", "other", "unknown", "not applicable")
KINDS = ("person", "organisation", "group", "document", "anonymous", "unspecified")
NOBODY = ""
"""Stands in the place of a gender or a kind where a quote has no speaker."""

_UNNAMED = ("anonymous", "author", "none")
"""Values of the attribute "speaker" that say who speaks where no entity does."""

_ENTITY, _SAID, _WORDS = "entity:", "said:", "words:"


class Voice(NamedTuple):
    """A speaker. `key` makes two voices one; `entity` is an id, "" where the register has none."""

    key: str
    name: str
    entity: str = ""
    gender: str = "unknown"
    kind: str = ""


class QuoteRow(NamedTuple):
    """One quote with its parts; tuples, being many.

    `newspaper` is the article's own source, `place` its number in reading order. Several sources,
    cues or addressees are parted by "; ". `fragments` and `start`, `end` are code points, half-open;
    `words` counts what was said.
    """

    id: str
    article: str
    title: str
    newspaper: str
    published: str
    place: int
    voices: tuple[Voice, ...]
    source: str
    cue: str
    addressee: str
    type: str
    medium: str
    is_negated: bool
    is_hedged: bool
    source_kind: str
    annotator: str
    origin: str
    state: str
    fragments: tuple[tuple[int, int], ...]
    surfaces: tuple[str, ...]
    words: int

    @property
    def start(self) -> int:
        """The first code point."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """Behind the last code point."""
        return self.fragments[-1][1]

    @property
    def text(self) -> str:
        """What was said, with its quotation marks; fragments are parted by " … "."""
        return " … ".join(self.surfaces)

    @property
    def plain(self) -> str:
        """What was said, without the marks around each fragment."""
        return " … ".join(filter(None, map(without_marks, self.surfaces)))

    @property
    def speaker(self) -> str:
        """The names of the speakers, "" where nobody speaks."""
        return "; ".join(voice.name for voice in self.voices)


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """What one speaker says. `rows` are the quotes in reading order, `kinds` the kinds they have.

    `kind` is that of most of them. `share` is a part of all words said, from 0 to 1. `cues` are in
    lower case, the most frequent first.
    """

    voice: Voice
    kind: str
    kinds: frozenset[str]
    rows: tuple[QuoteRow, ...]
    words: int
    share: float
    cues: tuple[tuple[str, int], ...]

    @property
    def first(self) -> QuoteRow:
        """Where this voice is heard first."""
        return self.rows[0]

    @property
    def last(self) -> QuoteRow:
        """Where this voice is heard last."""
        return self.rows[-1]


@dataclass(frozen=True, slots=True)
class Share:
    """What one gender or one kind of source says: quotes, words, and part of all words (0 to 1)."""

    name: str
    quotes: int
    words: int
    share: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """All quotes, in reading order, and what they add up to; who says most comes first.

    A quote with two speakers counts wholly for each of them, and twice in what the shares are taken
    of; one without a speaker counts there too, under NOBODY. So the shares of a table add up to 1,
    but for what nobody says, and those of genders and of kinds do so always.
    """

    rows: tuple[QuoteRow, ...] = ()
    speakers: tuple[SpeakerLine, ...] = ()
    by_gender: tuple[Share, ...] = ()
    by_kind: tuple[Share, ...] = ()
    words: int = 0
    without_speaker: tuple[QuoteRow, ...] = ()
    without_cue: tuple[QuoteRow, ...] = ()


def quote_labels(scheme: Scheme) -> tuple[Label, ...]:
    """Return the labels whose annotations are quotes: those called “quote” that have slots.

    Where there is none, every label with a slot “source” is one.
    """
    framed = [label for label in scheme.labels if label.slots]
    called = [label for label in framed if QUOTE in (label.id.casefold(), label.name.casefold())]
    return tuple(
        called or (label for label in framed if any(s.name == SOURCE for s in label.slots))
    )


def entity_voice(entity: str, name: str, gender: str, kind: str) -> Voice:
    """Return the voice of an entity of the register."""
    return Voice(_ENTITY + entity, name, entity, gender, kind)


def voices(sources: Iterable[tuple[Voice | None, str]], speaker: str) -> tuple[Voice, ...]:
    """Return who speaks a quote, each once: () where nobody does.

    `sources` are the entity's voice, if there is one, and the words of each source; `speaker` is the
    quote's attribute. An entity goes before the attribute, and that before the words.
    """
    sources = tuple(sources)
    if speaker in _UNNAMED and not any(voice for voice, _words in sources):
        gender = "not applicable" if speaker == "none" else "unknown"
        return (Voice(_SAID + speaker, speaker, gender=gender),)
    found = (voice or _by_words(words) for voice, words in sources)
    return tuple({voice.key: voice for voice in found}.values())


def kind_of(row: QuoteRow, voice: Voice) -> str:
    """Return which kind of source a speaker is in a quote.

    What the quote says of its source goes before what the register says of the entity.
    """
    kind = row.source_kind or voice.kind
    if kind:
        return kind
    return "anonymous" if voice.key == _SAID + "anonymous" else "unspecified"


def reckon(rows: Iterable[QuoteRow]) -> Ledger:
    """Add up quotes, which come in reading order."""
    rows = tuple(rows)
    tallies: dict[str, _Tally] = {}
    genders, kinds = _Shares(), _Shares()
    for row in rows:
        if not row.voices:
            genders.add(NOBODY, row)
            kinds.add(NOBODY, row)
        cue = " ".join(row.cue.casefold().split())
        for voice in row.voices:
            kind = kind_of(row, voice)
            genders.add(voice.gender, row)
            kinds.add(kind, row)
            tally = tallies.get(voice.key) or tallies.setdefault(voice.key, _Tally(voice))
            tally.rows.append(row)
            tally.words += row.words
            tally.kinds[kind] += 1
            if cue:
                tally.cues[cue] += 1
    total = sum(genders.words.values())
    lines = [tally.line(total) for tally in tallies.values()]
    return Ledger(
        rows,
        tuple(
            sorted(
                lines, key=lambda line: (-line.words, -len(line.rows), line.voice.name.casefold())
            )
        ),
        genders.parts(GENDERS, total),
        kinds.parts(KINDS, total),
        sum(row.words for row in rows),
        tuple(row for row in rows if not row.voices),
        tuple(row for row in rows if not row.cue),
    )


def speaker_name(voice: Voice) -> str:
    """Return what a speaker is called on the screen."""
    if not voice.key.startswith(_SAID):
        return voice.name
    return {"anonymous": _("anonymous"), "author": _("the author"), "none": _("nobody at all")}[
        voice.name
    ]


def speaker_names(row: QuoteRow) -> str:
    """Return what the speakers of a quote are called on the screen, "" where nobody speaks."""
    return "; ".join(map(speaker_name, row.voices))


def gender_name(gender: str) -> str:
    """Return what a gender is called on the screen."""
    names = {
        "female": _("female"),
        "male": _("male"),
        "other": _("other"),
        "unknown": _("unknown"),
        "not applicable": _("not applicable"),
        NOBODY: _("no speaker"),
    }
    return names.get(gender, gender)


def kind_name(kind: str) -> str:
    """Return what a kind of source is called on the screen; the user's own kinds are called as they are."""
    names = {
        "person": _("person"),
        "organisation": _("organisation"),
        "group": _("group"),
        "document": _("document"),
        "anonymous": _("anonymous"),
        "unspecified": _("unspecified"),
        NOBODY: _("no speaker"),
    }
    return names.get(kind, kind)


@dataclass(slots=True)
class _Tally:
    voice: Voice
    rows: list[QuoteRow] = field(default_factory=list)
    words: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    cues: Counter[str] = field(default_factory=Counter)

    def line(self, total: int) -> SpeakerLine:
        return SpeakerLine(
            self.voice,
            self.kinds.most_common(1)[0][0],
            frozenset(self.kinds),
            tuple(self.rows),
            self.words,
            _part(self.words, total),
            tuple(self.cues.most_common()),
        )


class _Shares:
    """Counts quotes and words by a name."""

    def __init__(self) -> None:
        self.quotes: Counter[str] = Counter()
        self.words: Counter[str] = Counter()

    def add(self, name: str, row: QuoteRow) -> None:
        self.quotes[name] += 1
        self.words[name] += row.words

    def parts(self, order: Sequence[str], total: int) -> tuple[Share, ...]:
        """Return the names in use: first those of `order`, then others, what nobody says at the end."""
        known = [name for name in order if name in self.quotes]
        others = sorted(self.quotes.keys() - {*order, NOBODY})
        nobody = [NOBODY] if NOBODY in self.quotes else []
        return tuple(
            Share(name, self.quotes[name], self.words[name], _part(self.words[name], total))
            for name in (*known, *others, *nobody)
        )


def _by_words(words: str) -> Voice:
    shown = " ".join(words.split())
    return Voice(_WORDS + shown.casefold(), shown)


def _part(words: int, total: int) -> float:
    return words / total if total else 0.0
