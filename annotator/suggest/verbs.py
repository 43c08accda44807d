"""The verbs of saying that ship with the application, found by any of their forms."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from annotator.resources import resource
from annotator.suggest import english_verbs, french_verbs
from annotator.suggest.forms import Form, normal

Entries = tuple[tuple["Verb", Form], ...]

_PRONOUNS = ("se ", "s'")
_CONTRACTING = ("de", "d'")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying: "s'indigner", "faire savoir", "point out".

    `head` is the word that is conjugated, `rest` are the words that must follow it, an elision
    being a word; `takes` tells how it stands beside what was said, in the words that head the lexicon.
    """

    lemma: str
    head: str
    rest: tuple[str, ...]
    pronoun: bool
    takes: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class VerbIndex:
    """The verbs of one language. The keys of `by_form` are single words in small letters (NFC).

    Verbs of several words and those with a pronoun stand under the forms of the word that is
    conjugated, so one form may belong to several verbs; the one that says most stands first.
    """

    by_form: Mapping[str, Entries]
    _conjugate: Callable[[str], dict[str, Form]]
    _learnt_takes: frozenset[str]

    def has(self, form: str) -> bool:
        """Tell whether a word, in small letters (NFC), may be a verb of saying."""
        return form in self.by_form

    def with_lemmas(self, extra: Iterable[str]) -> "VerbIndex":
        """Return an index that also knows the verbs a project has learnt.

        They report direct speech and clauses; what is already known of a verb stays true.
        """
        by_form = dict(self.by_form)
        for lemma in dict.fromkeys(map(normal, extra)):
            verb = parse(lemma, self._learnt_takes)
            for form, features in self._conjugate(verb.head).items():
                others = by_form.get(form, ())
                known = next((each for each, _f in others if each.lemma == verb.lemma), verb)
                taught = replace(verb, takes=verb.takes | known.takes)
                rest = [entry for entry in others if entry[0].lemma != verb.lemma]
                by_form[form] = _ordered([*rest, (taught, features)])
        return replace(self, by_form=MappingProxyType(by_form))


@cache
def french() -> VerbIndex:
    """Return the French verbs of saying; read once."""
    return _index("fr", french_verbs.forms, frozenset(("incise", "que")))


@cache
def english() -> VerbIndex:
    """Return the English verbs of saying; read once."""
    return _index("en", english_verbs.forms, frozenset(("incise", "that", "zero")))


def parse(lemma: str, takes: frozenset[str]) -> Verb:
    """Return the verb that a lemma of the lexicon stands for.

    A "de" at the end only shows how it goes on: it contracts ("fait part du"), so it is no part of
    the verb.
    """
    spelt = normal(lemma).replace("’", "'")
    pronoun = next((each for each in _PRONOUNS if spelt.startswith(each)), "")
    head, *rest = spelt.removeprefix(pronoun).replace("'", "' ").split() or [""]
    if rest and rest[-1] in _CONTRACTING:
        rest.pop()
    return Verb(spelt, head, tuple(rest), bool(pronoun), takes)


def _index(
    language: str, conjugate: Callable[[str], dict[str, Form]], learnt_takes: frozenset[str]
) -> VerbIndex:
    path = resource("lexicons", f"verbs.{language}.toml")
    table: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    by_head: dict[str, list[Verb]] = {}
    for lemma, takes in table.items():
        verb = parse(lemma, frozenset(takes.split()))
        by_head.setdefault(verb.head, []).append(verb)
    found: dict[str, Entries] = {}
    for head, verbs in by_head.items():
        for form, features in conjugate(head).items():
            entries = tuple([(verb, features) for verb in verbs])
            found[form] = found[form] + entries if form in found else entries
    ordered = {form: _ordered(entries) for form, entries in found.items()}
    return VerbIndex(MappingProxyType(ordered), conjugate, learnt_takes)


def _ordered(entries: Iterable[tuple[Verb, Form]]) -> Entries:
    """Return the verbs of one form, those of several words first, then those with a pronoun."""
    return tuple(sorted(entries, key=lambda entry: (-len(entry[0].rest), not entry[0].pronoun)))
