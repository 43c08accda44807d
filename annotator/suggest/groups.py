"""Verb groups that report speech: a verb of saying with its auxiliaries, clitics and negation."""

from dataclasses import dataclass

from annotator.suggest.forms import Form
from annotator.suggest.verbs import Verb

SAYING = ("incise", "manner", "que", "that", "zero")
"""What a verb takes that may report words between marks."""


@dataclass(frozen=True, slots=True)
class Group:
    """A verb of saying with all that belongs to it, from word `first` to word `last`.

    `head` is the word that was recognised; `clitic` the word whose end is the subject, as in
    "a-t-elle ajouté". A group that is "hedged" reports only what is said to have been said.
    """

    first: int
    last: int
    head: int
    verb: Verb
    form: Form
    clitic: int | None = None
    is_negated: bool = False
    is_hedged: bool = False

    @property
    def is_inverted(self) -> bool:
        """Whether its subject hangs on it: "dit-il"."""
        return self.clitic is not None

    def takes(self, *complements: str) -> bool:
        """Tell whether its verb takes one of these complements."""
        return not self.verb.takes.isdisjoint(complements)
