"""The suggesters: quotes, names, patterns, models and what plug-ins bring, each behind one interface."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from typing import cast

from annotator.assist.known import Known
from annotator.assist.settings import LEAST, Settings
from annotator.core.errors import UserError
from annotator.core.model import BY_PEOPLE, Article, Problem
from annotator.core.scheme import Label
from annotator.language import _, current_language, decimal
from annotator.store.acceptance import Rate
from annotator.suggest.mention import Mention
from annotator.suggest.offered import OfferedSuggester

_OURS = (
    "annotator.assist.quoting",
    "annotator.assist.naming",
    "annotator.assist.patterning",
    "annotator.assist.modelled",
    "annotator.assist.spacy_suggester",
)
"""Modules with a function `suggester()`, the highest ranked first."""

ENOUGH = 20
"""Decisions about a suggester's label from which on its rate counts."""

MOSTLY = 0.3
"""The share of accepted ones below which a suggester's label is lowered."""

HOPELESS = 0.1
"""The share below which it is proposed no longer, until somebody asks for it."""


@dataclass(frozen=True, slots=True)
class Suggester:
    """Something that suggests annotations. `origin` is what they say they come from.

    `unable` says in a sentence why it cannot work in a project, "" when it can. `look` returns what
    it proposes for an article; the suggester of quotes has none, because it builds whole frames.
    What it said stays while it cannot work, if `is_kept`: a model's file may be elsewhere.
    `is_on` and `least`, a score from which on it is shown, are for projects where nobody has chosen.
    """

    id: str
    origin: str
    title: str
    description: str
    unable: Callable[[Known], str]
    look: Callable[[Known, Article], Iterable[Mention]] | None
    is_on: bool = True
    least: float = LEAST
    plug_in: str = ""
    is_kept: bool = True


def suggesters() -> tuple[Suggester, ...]:
    """Return every suggester in the language in use, in the order they have when nobody has chosen."""
    return _load(current_language())


def broken_plug_ins() -> tuple[Problem, ...]:
    """Return which plug-ins offer suggesters that cannot be used, and why; the rest works."""
    suggesters()
    return tuple(_problems)


_problems: list[Problem] = []


@cache
def _load(_language: str) -> tuple[Suggester, ...]:
    # Looking for plug-ins takes its time, and the window is up before anybody suggests.
    from annotator.plugins import broken, installed

    found = [import_module(name).suggester() for name in _OURS]
    _problems.clear()
    for hook in installed([]).hook.annotator_suggesters.get_hookimpls():
        try:
            make = cast(Callable[[], list[OfferedSuggester]], hook.function)
            found += _offered(hook.plugin_name, make(), found)
        except Exception as error:  # Somebody else's code: whatever it does, the rest must work.
            _problems.append(broken(hook.plugin_name, error))
    return tuple(found)


def _offered(
    plug_in: str, offers: Iterable[OfferedSuggester], before: Iterable[Suggester]
) -> list[Suggester]:
    taken = {name for each in before for name in (each.id, each.origin)} | BY_PEOPLE
    found = []
    for offer in offers:
        if offer.id in taken:
            raise ValueError(
                _("The name “{name}” belongs to another suggester.").format(name=offer.id)
            )
        taken |= {offer.id}
        look = partial(_look_of, offer)
        made = (offer.id, offer.id, offer.title, offer.description, _able, look)
        found.append(Suggester(*made, is_on=offer.is_on, plug_in=plug_in))
    return found


def _able(_known: Known) -> str:
    return ""


def _look_of(offer: OfferedSuggester, known: Known, article: Article) -> list[Mention]:
    """Return what a plug-in proposes, as far as it makes sense; nothing when it fails."""
    try:
        offered = list(offer.mentions(article, known.scheme))
        made = [_checked(each, known, article) for each in offered]
    except Exception as error:  # As above; it is told once.
        from annotator.plugins import broken

        problem = broken(offer.id, error)
        if problem not in _problems:
            _problems.append(problem)
        return []
    return [each for each in made if each]


def _checked(mention: Mention, known: Known, article: Article) -> Mention | None:
    """Return a mention with the id of its label and without blanks at its edges, None if it is none."""
    label = known.scheme.by_name(mention.label)
    start, end = max(0, mention.start), min(len(article.text), mention.end)
    while start < end and article.text[start].isspace():
        start += 1
    while end > start and article.text[end - 1].isspace():
        end -= 1
    if label is None or label.slots or label.retired or start >= end:
        return None
    score = min(1.0, max(0.0, float(mention.score)))
    return Mention(label.id, start, end, score, str(mention.reason), mention.entity)


def named(suggester_id: str) -> Suggester:
    """Return a suggester by its id. Raises UserError, naming those there are."""
    known = {each.id: each for each in suggesters()}
    if suggester_id not in known:
        raise UserError(
            _("“{name}” is not one of {names}.").format(name=suggester_id, names=", ".join(known))
        )
    return known[suggester_id]


def of_origin(origin: str) -> Suggester | None:
    """Return the suggester whose annotations have this origin, None when there is none any more."""
    return next((each for each in suggesters() if each.origin == origin), None)


def title_of(origin: str) -> str:
    """Return what suggests under an origin, as the screen calls it; of strangers the origin itself."""
    suggester = of_origin(origin)
    return suggester.title if suggester else origin


def ranked(settings: Settings) -> list[Suggester]:
    """Return every suggester, the highest ranked first."""
    places = {name: n for n, name in enumerate(settings.order)}
    ours = {each.id: n for n, each in enumerate(suggesters())}
    return sorted(suggesters(), key=lambda each: (places.get(each.id, len(places)), ours[each.id]))


def is_on(suggester: Suggester, settings: Settings) -> bool:
    """Tell whether a project wants a suggester."""
    return settings.on.get(suggester.id, suggester.is_on)


def least(suggester: Suggester, settings: Settings) -> float:
    """Return the score from which on a suggester is shown."""
    return settings.least.get(suggester.id, suggester.least)


@dataclass(frozen=True, slots=True)
class Lowered:
    """What is thought less of because it was mostly rejected: scores are multiplied by `factor`.

    With `is_silent` it is not proposed at all.
    """

    factor: float
    is_silent: bool


def lowered(rate: Rate, *, is_asked: bool) -> Lowered | None:
    """Return how a suggester's label is lowered after what became of it, None if it is not."""
    if rate.decided < ENOUGH or rate.share >= MOSTLY:
        return None
    return Lowered(rate.share / MOSTLY, is_silent=rate.share < HOPELESS and not is_asked)


def lowered_sentence(suggester: Suggester, label: Label, rate: Rate, *, is_asked: bool) -> str:
    """Return the sentence that says how a suggester lowers itself, "" when it does not."""
    less = lowered(rate, is_asked=is_asked)
    if less is None:
        return ""
    told = (
        _("{suggester}, {label}: {n} of {all} accepted; no longer shown.")
        if less.is_silent
        else _("{suggester}, {label}: {n} of {all} accepted; shown last.")
    )
    return told.format(
        suggester=suggester.title, label=label.name, n=rate.accepted, all=rate.decided
    )


def percent(score: float) -> str:
    """Return a score as it is written."""
    return _("{number}%").format(number=decimal(score * 100, 0))
