"""Conjugates French verbs, and finds the infinitive of a form that no lexicon knows."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from annotator.suggest.forms import Form, add, normal, words
from annotator.suggest.french_er import before_a, silent_stems
from annotator.suggest.french_guess import candidates, looks_like_a_form
from annotator.suggest.french_irregular import EVERYDAY, GERUNDS, IMPERFECTS, Row, irregular

_PERSONS = (
    Form.SPEAKER,
    Form.SPEAKER,
    Form.FINITE,
    Form.SPEAKER | Form.PLURAL,
    Form.SPEAKER | Form.PLURAL,
    Form.FINITE | Form.PLURAL,
)
_PAST = tuple(person | Form.PAST for person in _PERSONS)
_CONDITIONAL = tuple(person | Form.CONDITIONAL for person in _PERSONS)

_ALSO_WRITTEN = {"arguer": "argüer", "asséner": "assener", "interpeller": "interpeler"}
"""Infinitives of which a dictionary gives two."""

_NO_AGREEMENT = frozenset(words("été pu ri souri nui plu"))
"""Participles that stay as they are: nothing is ever "rie" by somebody."""


class _Stems(NamedTuple):
    """What a verb is made of. `imperfect` is the stem before a, then that before i."""

    present: tuple[str, ...]
    imperfect: tuple[str, str]
    past: tuple[str, ...]
    future: str
    participle: str
    gerund: str


def forms(lemma: str) -> dict[str, Form]:
    """Return every form of one verb, indicative and conditional, in small letters (NFC).

    The lemma is a single word; one that is no infinitive has no forms. The spellings of 1990
    ("cèdera", "connait") stand beside the older ones.
    """
    found: dict[str, Form] = {}
    infinitive = normal(lemma)
    if infinitive.endswith("aitre"):
        infinitive = infinitive.removesuffix("aitre") + "aître"
    for spelling in filter(None, (infinitive, _ALSO_WRITTEN.get(infinitive))):
        for stems in _stems(spelling):
            for word, form in _conjugated(stems):
                add(found, word, form)
            add(found, spelling, Form.INFINITIVE)
    for word in [each for each in found if "aît" in each]:
        add(found, word.replace("aît", "ait"), found[word])
    return found


def _stems(infinitive: str) -> Iterator[_Stems]:
    row = irregular(infinitive)
    if row:
        yield _irregular(infinitive, row)
    elif infinitive.endswith("er") and len(infinitive) > 3:
        yield from _like_parler(infinitive[:-2])
    elif infinitive.endswith("ir") and len(infinitive) > 3:
        yield _like_finir(infinitive[:-2])
    elif infinitive.endswith("re") and len(infinitive) > 3:
        yield _like_rendre(infinitive[:-2])


def _irregular(infinitive: str, row: Row) -> _Stems:
    *present, past, future, participle = row
    stem = IMPERFECTS.get(infinitive) or present[3].removesuffix("ons")
    gerund = GERUNDS.get(infinitive) or stem + "ant"
    return _Stems(tuple(present), (stem, stem), _simple_past(past), future, participle, gerund)


def _like_parler(stem: str) -> Iterator[_Stems]:
    open_stem = before_a(stem)
    for silent, future in silent_stems(stem):
        present = (
            *(silent + ending for ending in ("e", "es", "e")),
            open_stem + "ons",
            stem + "ez",
            silent + "ent",
        )
        past = _past_in_a(open_stem, stem)
        yield _Stems(present, (open_stem, stem), past, future, stem + "é", open_stem + "ant")


def _like_finir(stem: str) -> _Stems:
    present = tuple(stem + ending for ending in ("is", "is", "it", "issons", "issez", "issent"))
    long = stem + "iss"
    return _Stems(
        present, (long, long), _simple_past(stem + "i"), stem + "ir", stem + "i", long + "ant"
    )


def _like_rendre(stem: str) -> _Stems:
    third = stem if stem.endswith(("d", "t", "c")) else stem + "t"
    present = (stem + "s", stem + "s", third, stem + "ons", stem + "ez", stem + "ent")
    return _Stems(
        present, (stem, stem), _simple_past(stem + "i"), stem + "r", stem + "u", stem + "ant"
    )


def _conjugated(stems: _Stems) -> Iterator[tuple[str, Form]]:
    before_a, before_i = stems.imperfect
    imperfect = (
        *(before_a + ending for ending in ("ais", "ais", "ait")),
        *(before_i + ending for ending in ("ions", "iez")),
        before_a + "aient",
    )
    future = (stems.future + ending for ending in ("ai", "as", "a", "ons", "ez", "ont"))
    conditional = (
        stems.future + ending for ending in ("ais", "ais", "ait", "ions", "iez", "aient")
    )
    return chain(
        zip(stems.present, _PERSONS, strict=True),
        zip(imperfect, _PAST, strict=True),
        zip(stems.past, _PAST, strict=True),
        zip(future, _PERSONS, strict=True),
        zip(conditional, _CONDITIONAL, strict=True),
        ((participle, Form.PARTICIPLE) for participle in _agreeing(stems.participle)),
        ((stems.gerund, Form.GERUND),),
    )


def _past_in_a(open_stem: str, stem: str) -> tuple[str, ...]:
    return (
        *(open_stem + ending for ending in ("ai", "as", "a", "âmes", "âtes")),
        stem + "èrent",
    )


def _simple_past(stem: str) -> tuple[str, ...]:
    """Return the passé simple of a stem in a, i, u or in, the vowel under its circumflex in the plural."""
    if stem.endswith("a"):
        return _past_in_a(stem[:-1], stem[:-1])
    at = len(stem) - (2 if stem.endswith("n") else 1)
    hat = stem[:at] + {"i": "î", "u": "û"}.get(stem[at], stem[at]) + stem[at + 1 :]
    return (stem + "s", stem + "s", stem + "t", hat + "mes", hat + "tes", stem + "rent")


def _agreeing(participle: str) -> tuple[str, ...]:
    if participle in _NO_AGREEMENT:
        return (participle,)
    bare = participle.removesuffix("dû") + "du" if participle.endswith("dû") else participle
    plural = bare if bare.endswith("s") else bare + "s"
    return participle, bare + "e", plural, bare + "es"


def guess_lemma(form: str) -> str | None:
    """Return the likeliest infinitive of a form, of a verb in -er if in doubt; None for no verb.

    It is for verbs the lexicon lacks, so "tacle" is tacler: it knows endings and the irregular verbs
    of every day, and no dictionary.
    """
    word = normal(form)
    if not looks_like_a_form(word):
        return None
    known = _everyday().get(word)
    return known or next((lemma for lemma in candidates(word) if word in forms(lemma)), None)


@cache
def _everyday() -> dict[str, str]:
    """Return the infinitives of the forms of irregular verbs."""
    found: dict[str, str] = {}
    for lemma in EVERYDAY:
        for word in forms(lemma):
            found.setdefault(word, lemma)
    return found
