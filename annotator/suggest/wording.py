"""What the words of a mention say of whom they mean: a name, a role or a pronoun; gender and kind."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import Literal

from annotator.core.names import folded
from annotator.suggest.lexicon import lexicon

Form = Literal["name", "role", "pronoun", ""]

PERSON, ORGANISATION, PLACE = "person", "organisation", "place"

_LONGEST = 200
"""Code points that are looked at: what is longer is no mention."""

_EDGES = " .,;:!?…()[]{}«»“”„‟‹›\"‘’'`-–—―*"
_SIGNS = str.maketrans({**dict.fromkeys(',;:!?…()[]{}«»“”„‟‹›"*—―', " "), ".": None})
_POSSESSIVE = re.compile(r"'s(?!\S)")
_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]\Z")

_PARTICLES = frozenset(
    "de d' du des la le di da del della van von der den ten al el bin ben ibn abu st ste y".split()
)
_GENITIVES = frozenset("de d' du des of for".split())
SMALL = (
    _PARTICLES | _GENITIVES | frozenset("l' les et a au aux en sur pour the and in on at &".split())
)
"""Words of a name that say nothing by themselves."""

_DETERMINERS = {
    "female": frozenset("la une cette".split()),
    "male": frozenset("le un ce".split()),
    "": frozenset(
        """
        l' les des du cet ces son sa ses leur leurs notre nos mon ma mes plusieurs certains certaines
        quelques tous toutes the a an this that these those his her its their our my some many several
        """.split()
    ),
}
_EVERY_DETERMINER = frozenset().union(*_DETERMINERS.values())

_PRONOUNS = {
    "female": """
        elle elle-meme celle-ci celle-la she her hers herself
        cette_derniere l'interessee la_principale_interessee
        """.split(),
    "male": """
        il lui-meme celui-ci celui-la he him his himself
        ce_dernier l'interesse le_principal_interesse
        """.split(),
    "": """
        lui ils elles eux eux-memes elles-memes ceux-ci celles-ci leur leurs ces_derniers ces_dernieres
        je j' moi me m' tu toi on nous vous qui i my we us our you your who they them their theirs
        themselves themself it its itself the_latter the_former
        """.split(),
}
_THINGS = frozenset("it its itself".split())

_TITLES = frozenset("dr drs pr prof me mes maitre mx".split())
"""Honorifics that tell no gender; ranks and offices are roles."""

_FEMALE_NOUNS = frozenset(
    """
    femme fille mere soeur epouse tante niece dame reine elue veuve woman girl mother sister wife
    daughter aunt lady widow girlfriend grandmother granddaughter mom nun queen actress waitress
    """.split()
)
_MALE_NOUNS = frozenset(
    """
    homme garcon pere frere epoux oncle neveu mari fils roi elu veuf man boy father brother husband
    son uncle widower boyfriend grandfather grandson dad monk king
    """.split()
)
_EPICENE = frozenset(
    "personne victime vedette star source recrue connaissance celebrite human".split()
)
"""Nouns whose own gender says nothing of whom they mean."""

_FEMALE_ENDINGS = ("woman", "trice", "euse", "esse", "iere")
_STEMS = (
    *(("woman", "person"), ("man", "person"), ("trice", "teur"), ("euse", "eur"), ("iere", "ier")),
    *(("esse", ""), ("enne", "en"), ("onne", "on"), ("e", "")),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A mention taken apart. `name`, `title` ("Mme") and `role` are as written, each may be "".

    `words` are those of the phrase before the first comma, as they are compared; `phrase` is what
    stands there behind determiner and title. `other` is what stands in parentheses at the end.
    `gender` is "female", "male" or "": not told. `kinds` are those that can be meant, none for any.
    """

    form: Form = ""
    words: tuple[str, ...] = ()
    phrase: str = ""
    name: str = ""
    title: str = ""
    role: str = ""
    other: str = ""
    gender: str = ""
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Clues:
    """Words of both languages, as they are compared, by what they say."""

    female: frozenset[str]
    male: frozenset[str]
    roles: frozenset[str]
    organisations: frozenset[str]


def read(words: str) -> Wording:
    """Take the words of a mention apart. Never fails; what makes no sense has the form ""."""
    text = " ".join(words[:_LONGEST].split())
    aside = _PARENTHESES.search(text)
    other = aside[1].strip(_EDGES) if aside else ""
    text = _trimmed(text[: aside.start()] if aside else text) or other
    plain = folded(text).removeprefix("t-")
    if plain in _pronouns():
        kinds = frozenset({ORGANISATION, PLACE} if plain in _THINGS else ())
        return Wording("pronoun", (plain,), gender=_pronouns()[plain], kinds=kinds)
    head, _comma, rest = map(_trimmed, text.partition(","))
    said, beside = _phrase(head), _phrase(rest)
    if said.form == "role" and beside.form == "name":
        return _with(beside, said, role=said.role, words=said.words, other=other)
    role = rest if said.form == "name" and not said.role else said.role
    return _with(said, beside, role=role, words=said.words, other=other)


def plainly(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: an elision is a word, full stops are left out."""
    return tuple(word for word in parted(folded(name)).split() if word not in ("'", "-"))


def parted(text: str) -> str:
    """Return folded text with blanks around its words, which `plainly` takes apart."""
    return _POSSESSIVE.sub("", text.translate(_SIGNS)).replace("'", "' ")


def bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without determiner and honorific, unless nothing else is there."""
    leading = len(list(takewhile(lambda word: word in _EVERY_DETERMINER or _is_title(word), words)))
    return words[min(leading, len(words) - 1) :] if words else ()


def initials(words: tuple[str, ...]) -> frozenset[str]:
    """Return the abbreviations that a name may have: of all its words, and without the small ones."""
    heads = tuple(word for word in words if word not in SMALL)
    apart = tuple(part for word in heads for part in word.split("-") if part)
    shapes = (words, heads, apart)
    return frozenset("".join(word[0] for word in shape) for shape in shapes if len(shape) > 1)


def is_abbreviation(word: str) -> bool:
    """Tell whether a word may be the first letters of several others."""
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isalnum() and letters.upper() == letters


def stem(word: str) -> str:
    """Return a noun for a role without what its gender adds: for "directrice" as for "directeur"."""
    for ending, plain in _STEMS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + plain
    return word


def _trimmed(text: str) -> str:
    """Return text without marks and signs around it, but with the last full stop of "S.Q."."""
    trimmed = text.strip(_EDGES)
    is_dotted = "." in trimmed.rpartition(" ")[2] and f"{trimmed}." in text
    return f"{trimmed}." if is_dotted else trimmed


def _with(
    said: Wording, beside: Wording, *, role: str, words: tuple[str, ...], other: str
) -> Wording:
    """Return what a phrase says together with the one on the other side of the comma."""
    gender = said.gender or beside.gender
    kinds = said.kinds or (beside.kinds if role else frozenset())
    return replace(said, words=words, role=role, other=other, gender=gender, kinds=kinds)


def _phrase(head: str) -> Wording:
    """Take a phrase without commas apart: determiner, honorific, role, name."""
    tokens = head.replace("’", "'").replace("'", "' ").split()
    plain = [folded(token).strip(".").removeprefix("ex-") for token in tokens]
    if not plainly(head):
        return Wording()
    determiner, title, start = "", "", 0
    while start < len(tokens) - 1 and not (start == 0 and _names_itself(tokens)):
        if plain[start] in _EVERY_DETERMINER:
            determiner = plain[start]
        elif _is_title(plain[start]) and not title:
            title = tokens[start]
        else:
            break
        start += 1
    is_titled = bool(title) and tokens[start - 1] == title and tokens[start][:1].isupper()
    named = start if is_titled else _name_start(tokens, plain, start)
    name, nouns = _joined(tokens[named:]), plain[start:named]
    return Wording(
        "name" if name else "role",
        plainly(head),
        _joined(tokens[start:]),
        name,
        title,
        _joined(tokens[start:named]),
        gender=_gender_of_title(title) or _gender_of(determiner, nouns),
        kinds=_kinds(plain[start:], is_titled=bool(title)),
    )


def _names_itself(tokens: list[str]) -> bool:
    """Tell whether the determiner belongs to the name, as in "La Presse" and "Le Devoir"."""
    if len(tokens) != 2 or folded(tokens[0]) not in _EVERY_DETERMINER:
        return False
    are_capital = all(token[:1].isupper() for token in tokens)
    return are_capital and folded(tokens[1]) not in _clues().roles


def _name_start(tokens: list[str], plain: list[str], start: int) -> int:
    """Return where the name in a phrase begins, its end where there is none.

    Behind a role that belongs to something only two words are surely a name: "le ministre des
    Transports Jean Boulet".
    """
    roles, place = _clues().roles, start
    while place < len(tokens) and plain[place] in roles:
        place += 1
    if place == len(tokens) or tokens[place][:1].isupper():
        return place
    first, place = place, len(tokens)
    while place > first and (tokens[place - 1][:1].isupper() or plain[place - 1] in _PARTICLES):
        place -= 1
    belongs = any(word in _GENITIVES for word in plain[first : place + 1])
    while place < len(tokens) and (not tokens[place][:1].isupper() or plain[place] in roles):
        place += 1
    if not belongs:
        return place
    return len(tokens) - 2 if len(tokens) - place > 2 else len(tokens)


def _is_title(word: str) -> bool:
    return word in _TITLES or word in _clues().female or word in _clues().male


def _gender_of_title(title: str) -> str:
    word = folded(title).strip(".")
    return "female" if word in _clues().female else "male" if word in _clues().male else ""


def _gender_of(determiner: str, nouns: list[str]) -> str:
    """Return the gender a role tells: by its determiner in French, by its own form in both languages."""
    noun = nouns[0] if nouns else ""
    if noun in _EPICENE or not (noun in _clues().roles or noun in _FEMALE_NOUNS | _MALE_NOUNS):
        return ""
    if noun in _FEMALE_NOUNS or noun.endswith(_FEMALE_ENDINGS):
        return "female"
    if noun in _MALE_NOUNS or noun.endswith("man"):
        return "male"
    return next((gender for gender, words in _DETERMINERS.items() if determiner in words), "")


def _kinds(plain: list[str], *, is_titled: bool) -> frozenset[str]:
    """Return which kinds the words can mean, none where they do not say."""
    if is_titled or plain[0] in _clues().roles:
        return frozenset({PERSON})
    return frozenset({ORGANISATION} if plain[0] in _clues().organisations else ())


def _joined(tokens: list[str]) -> str:
    return " ".join(tokens).replace("' ", "'")


@cache
def _pronouns() -> dict[str, str]:
    """Return the gender that each pronoun tells, "" for those that tell none."""
    return {
        pronoun.replace("_", " "): gender
        for gender, pronouns in _PRONOUNS.items()
        for pronoun in pronouns
    }


@cache
def _clues() -> _Clues:
    french, english = lexicon("fr"), lexicon("en")
    noble = frozenset(
        "duchess countess princess queen duke earl prince king baron baroness".split()
    )
    return _Clues(
        female=_both(french.female, english.female) - noble,
        male=_both(french.male, english.male) - noble,
        roles=_both(french.roles, english.roles, french.neutral, english.neutral) - _TITLES,
        organisations=_both(french.organisations, english.organisations),
    )


def _both(*sets: frozenset[str]) -> frozenset[str]:
    return frozenset(folded(word) for words in sets for word in words)
