"""Who a mention may mean: the entities of a register, the likely one first, each with a reason in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from annotator.core.ids import new_id
from annotator.core.model import Entity
from annotator.core.names import folded
from annotator.language import _
from annotator.suggest import wording
from annotator.suggest.wording import ORGANISATION, PERSON, PLACE, SMALL, Wording

MOST = 9
"""As many are proposed as there are digits to take them by."""

LIKELY = 0.5
"""The score from which an entity is rather meant than a new one, where the mention is a name."""

_NAMES = ("per",)
"""How labels begin under which even "Boucher" is a name."""

_FAR = 20_000
"""Code points after which a mention before says nothing of whom a pronoun means."""

_LABELS = {
    PERSON: ("per", "agent", "func", "people", "speaker", "title"),
    ORGANISATION: ("org", "norp", "company", "institution", "media"),
    PLACE: ("loc", "gpe", "place", "lieu", "fac", "geo"),
}
"""How labels of each kind begin, in the schemes that ship and in others."""

_SURE = 0.9
"""The score from which a first name is not looked at: the whole name is the same."""

_CONTRADICTORY = {("female", "male"), ("male", "female")}


class Likely(NamedTuple):
    """An entity that may be meant, how much speaks for it (0 to 1), and why in words."""

    entity: Entity
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """Where a mention stands: its label's name, and whom the article has mentioned before it.

    `earlier` gives entity ids and distances in code points, the nearest first.
    """

    earlier: Sequence[tuple[str, int]] = ()
    label: str = ""


class _Known(NamedTuple):
    """An entity with its names and its role as they are compared, words between blanks."""

    entity: Entity
    spelt: str
    names: str
    role: str


class Register:
    """Entities ready to be compared with mentions; made once and kept up to date, entity by entity."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self._known: dict[str, _Known] = {}
        self._ordered: list[_Known] = []
        for entity in entities:
            self.put(entity)

    def __len__(self) -> int:
        return len(self._known)

    def get(self, entity_id: str) -> Entity | None:
        """Return the entity of this id, None when there is none."""
        known = self._known.get(entity_id)
        return known.entity if known else None

    def put(self, entity: Entity) -> None:
        """Take an entity in, or what has become of it."""
        spelt = folded(" | ".join(_names(entity)))
        role = " ".join(map(wording.stem, wording.plainly(entity.role))) if entity.role else ""
        self._known[entity.id] = _Known(entity, spelt, f" {wording.parted(spelt)} ", f" {role} ")
        self._ordered = []

    def drop(self, entity_id: str) -> None:
        """Forget an entity; one that is not there is no harm."""
        if self._known.pop(entity_id, None):
            self._ordered = []

    def search(self, typed: str = "") -> list[Entity]:
        """Return the entities whose names have all that was typed, those that begin so first, by name."""
        wanted = folded(typed)
        words = wanted.split()
        ranked: tuple[list[Entity], ...] = ([], [], [])
        for entity, spelt, names, _role in self._in_order():
            if all(word in spelt for word in words):
                begins = 0 if spelt.startswith(wanted) else 1 if f" {wanted}" in names else 2
                ranked[begins].append(entity)
        return [entity for some in ranked for entity in some]

    def named(self, words: Iterable[str]) -> list[Entity]:
        """Return the entities that have any of these words, as they are compared, in their names."""
        wanted = [f" {word} " for word in words]
        return [
            known.entity
            for known in self._known.values()
            if any(word in known.names for word in wanted)
        ]

    def abbreviated(self, letters: str) -> list[Entity]:
        """Return the entities that have a name of several words beginning with these letters."""
        return [
            known.entity
            for known in self._known.values()
            if f" {letters[0]}" in known.names
            and any(
                letters in wording.initials(tuple(name.split())) for name in known.names.split("|")
            )
        ]

    def in_role(self, role: str) -> list[Entity]:
        """Return the entities whose role has this word, as `wording.stem` makes it."""
        return [known.entity for known in self._known.values() if f" {role} " in known.role]

    def _in_order(self) -> list[_Known]:
        if not self._ordered:
            self._ordered = sorted(self._known.values(), key=itemgetter(1))
        return self._ordered


def likely(mention: str, register: Register, context: Context | None = None) -> list[Likely]:
    """Return up to nine entities that a mention may mean, the likeliest first.

    Never fails. Takes time in proportion to the register.
    """
    said, around = wording.read(mention), context or Context()
    near = _nearest(register, around.earlier)
    found: dict[str, Likely] = {}
    for each in (*_by_name(said, register), *_by_role(said, register, near), *_near(said, near)):
        weighed = _weighed(each, said, around, near)
        if each.entity.id not in found or found[each.entity.id].score < weighed.score:
            found[each.entity.id] = weighed
    order = sorted(found.values(), key=lambda each: (-each.score, _alphabetical(each.entity)))
    return order[:MOST]


def guess(mention: str, label: str = "", name: str = "") -> Entity:
    """Return a new entity for a mention as far as its words tell of it; no name for "elle", "the mayor".

    "Mme Bruneau" is called "Bruneau", and known as "Mme Bruneau" too. Where somebody has said the
    `name`, the mention still tells gender and role.
    """
    said = wording.read(mention)
    named = wording.read(name) if name else said
    kind = (_kind(named, "") if name else "") or _kind(said, label)
    is_person = kind in (PERSON, "")
    own = _called(named, label, is_person=is_person) or " ".join(name.split())
    aliases = (f"{named.title} {own}" if named.title else "", named.other)
    gender = named.gender or said.gender or "unknown"
    role = named.role if named.name else ""
    if name and not role and said.form == "role":
        role = said.role
    return Entity(
        new_id(),
        own,
        kind,
        aliases=tuple(alias for alias in aliases if own and alias and alias != own),
        gender=gender if is_person else "not applicable",
        role=role if is_person else "",
    )


def taught(entity: Entity, mention: str) -> Entity:
    """Return what an entity becomes when a mention is given to it.

    A name it was not known by becomes an alias, but no pronoun, no common noun, and no first or last
    name by itself; an honorific tells the gender of a person where it was unknown.
    """
    said = wording.read(mention)
    is_person = entity.kind in (PERSON, "")
    words = f"{said.title} {said.name}".strip() if is_person else _own_name(said)
    if not said.name or not words:
        return entity
    is_part = is_person and words in entity.name.split()
    is_known = is_part or folded(words) in map(folded, _names(entity))
    gender = said.gender if said.title and is_person else ""
    return replace(
        entity,
        aliases=entity.aliases if is_known else (*entity.aliases, words),
        gender=gender or "unknown" if entity.gender == "unknown" else entity.gender,
    )


class _Near(NamedTuple):
    """An entity that was mentioned before; `rank` counts those in between that were mentioned since."""

    entity: Entity
    rank: int
    distance: int


def _nearest(register: Register, earlier: Sequence[tuple[str, int]]) -> Mapping[str, _Near]:
    """Return each entity that was mentioned before, once, the nearest first."""
    found: dict[str, _Near] = {}
    for entity_id, distance in earlier:
        entity = register.get(entity_id)
        if entity and entity_id not in found:
            found[entity_id] = _Near(entity, len(found), distance)
    return found


def _by_name(said: Wording, register: Register) -> Iterator[Likely]:
    """Yield the entities that have the mention's words in their names, or are their abbreviation."""
    if said.form in ("pronoun", ""):
        return
    words = wording.plainly(said.name) or said.words
    telling = [word for word in words if word not in SMALL] or words
    for entity in register.named({telling[0], telling[-1], *wording.plainly(said.other)}):
        fitting = [fit for name in _names(entity) if (fit := _fit(said, words, entity, name))]
        if fitting:
            best = max(fitting, key=lambda each: each.score)
            is_other = best.score < _SURE and _has_another_first_name(words, entity)
            yield Likely(entity, 0.3, _("another first name")) if is_other else best
    letters = "".join(words)
    if len(words) == 1 and wording.is_abbreviation(said.name):
        for entity in register.abbreviated(letters):
            yield Likely(entity, 0.88, _("“{letters}” is short for it").format(letters=said.name))
    for entity in register.named(wording.initials(words)):
        yield Likely(entity, 0.86, _("its first letters in full"))


def _fit(said: Wording, words: Sequence[str], entity: Entity, name: str) -> Likely | None:
    """Return how well a mention fits a name of an entity, None when it does not."""
    whole = wording.plainly(name)
    known = wording.bare(whole)
    own = tuple(words)
    if not known or not own:
        return None
    if whole == said.words or whole == own:
        is_name = name == entity.name
        reason = _("the same name") if is_name else _("known by this name")
        return Likely(entity, 1.0 if is_name else 0.98, reason)
    is_person = entity.kind in (PERSON, "")
    is_last_name = is_person and len(own) == 1 and whole != known
    if known == own and not is_last_name:
        return Likely(entity, 0.95, _("the same name"))
    if known[-len(own) :] == own and is_person:
        if said.title:
            return Likely(entity, 0.9, _("last name with “{title}”").format(title=said.title))
        return Likely(entity, 0.84, _("last name"))
    if known[-1] == own[-1] and _is_initial(known[0], own[0]):
        return Likely(entity, 0.82, _("initial and last name"))
    if own[-len(known) :] == known or own[: len(known)] == known:
        return Likely(entity, 0.8, _("known by a part of this name"))
    if known[: len(own)] == own:
        reason = _("first name") if is_person else _("begins with this name")
        return Likely(entity, 0.6 if is_person else 0.7, reason)
    if set(own) <= set(known) or set(known) <= set(own):
        return Likely(entity, 0.6, _("the same words"))
    shared = (set(own) & set(known)) - SMALL
    if not is_person and shared:
        return Likely(entity, 0.35, _("has “{word}” in its name").format(word=min(shared)))
    return None


def _has_another_first_name(words: Sequence[str], entity: Entity) -> bool:
    """Tell whether a full name and those of a person agree in the last name only."""
    if len(words) < 2 or entity.kind not in (PERSON, ""):
        return False
    known = [wording.bare(wording.plainly(name)) for name in _names(entity)]
    firsts = {name[0] for name in known if len(name) > 1 and name[-1] == words[-1]}
    return bool(firsts) and not any(
        first == words[0] or _is_initial(first, words[0]) for first in firsts
    )


def _is_initial(one: str, other: str) -> bool:
    """Tell whether one word is the first letter of the other, as in "G. Bruneau"."""
    return one != other and one[:1] == other[:1] and 1 in (len(one), len(other))


def _by_role(said: Wording, register: Register, near: Mapping[str, _Near]) -> Iterator[Likely]:
    """Yield those who have the role that a mention names, those mentioned before ahead of others."""
    if said.form != "role":
        return
    nouns = [wording.stem(word) for word in wording.bare(said.words) if word not in SMALL]
    for entity in register.in_role(nouns[0]) if nouns else ():
        role = {wording.stem(word) for word in wording.plainly(entity.role)}
        share = len(role & set(nouns)) / len(nouns)
        base = 0.75 if entity.id in near else 0.55
        yield Likely(entity, base + 0.15 * share, _("role: {role}").format(role=entity.role))
    for each in near.values():
        called = wording.plainly(each.entity.name)
        if nouns and nouns[0] in map(wording.stem, called):
            yield Likely(each.entity, 0.72, _("named before, and called so"))


def _near(said: Wording, near: Mapping[str, _Near]) -> Iterator[Likely]:
    """Yield whom the article has mentioned before, as a pronoun or a noun may mean them."""
    base = {"pronoun": 0.9, "role": 0.55}.get(said.form, 0.0)
    seen: set[str] = set()
    for entity, rank, distance in near.values():
        fits = _agreement(said, entity) if base else 0.0
        if fits:
            score = base * fits - 0.05 * min(rank, 6) - min(0.2, distance / _FAR)
            yield Likely(entity, max(0.15, score), _reason(said, entity, seen))
        else:
            yield Likely(entity, 0.1 - 0.001 * min(rank, 90), _("in this article"))


def _agreement(said: Wording, entity: Entity) -> float:
    """Return how well an entity goes with a pronoun or a noun: 0 not at all, 1 as well as can be."""
    if (said.gender, entity.gender) in _CONTRADICTORY:
        return 0.0
    if said.form == "role" and entity.role:
        return 0.6  # Who has the role that is named is found by it.
    if said.kinds and entity.kind:
        return 1.0 if entity.kind in said.kinds else 0.0
    if entity.kind in (ORGANISATION, PLACE):
        # "elle" and "il" may be a town or a party in French; a person is meant rather.
        return 0.6 if said.form == "pronoun" and entity.kind == ORGANISATION else 0.4
    if said.gender:
        return 1.0 if entity.gender == said.gender else 0.85
    return 0.95


def _reason(said: Wording, entity: Entity, seen: set[str]) -> str:
    """Return why somebody mentioned before is meant; `seen` are the genders of those who are nearer."""
    told = entity.gender if said.gender == entity.gender else ""
    is_last = told not in seen
    seen.add(told)
    if told == "female":
        return _("the woman named last") if is_last else _("a woman named before")
    if told == "male":
        return _("the man named last") if is_last else _("a man named before")
    return _("named last") if is_last and not seen - {""} else _("named before")


def _weighed(each: Likely, said: Wording, context: Context, near: Mapping[str, _Near]) -> Likely:
    """Return a proposal with what its gender, its kind and the article say for it or against it."""
    entity, score, reason = each
    if (said.gender, entity.gender) in _CONTRADICTORY and score > 0.1:
        score *= 0.4
        reason = _("{reason}, but not the gender").format(reason=reason)
    kind = _kind(said, context.label)
    if kind and entity.kind and kind != entity.kind and said.form == "name":
        score *= 0.7
    if entity.id in near and said.form == "name" and score > 0.1:
        score += 0.08 / (1 + near[entity.id].rank)
    return Likely(entity, min(score, 1.0), reason)


def _kind(said: Wording, label: str) -> str:
    """Return the kind that a label or the words of a mention tell, "" when neither does."""
    name = folded(label)
    for kind, beginnings in _LABELS.items():
        if name.startswith(beginnings):
            return kind
    if len(said.kinds) == 1:
        return next(iter(said.kinds))
    if said.form == "pronoun" and said.gender:
        return PERSON
    words = wording.plainly(said.name)
    if len(words) == 1 and wording.is_abbreviation(said.name):
        return ORGANISATION
    return ""


def _called(said: Wording, label: str, *, is_person: bool) -> str:
    """Return what a mention calls somebody new, "" where its words are no name."""
    if is_person and (said.name or not folded(label).startswith(_NAMES)):
        return said.name
    return _own_name(said)


def _own_name(said: Wording) -> str:
    """Return all of a phrase, if it begins as a name does: what organisations and places are called."""
    return said.phrase if said.phrase[:1].isupper() else ""


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def _parted(known: _Known) -> list[str]:
    return known.names.split(" | ")


def _alphabetical(entity: Entity) -> str:
    return folded(entity.name)
