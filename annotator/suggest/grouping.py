"""From a word to the verb group around it, by the rules of its language."""

from collections.abc import Sequence

from annotator.suggest.english_groups import english_group
from annotator.suggest.french_groups import french_group
from annotator.suggest.groups import Group
from annotator.suggest.inversion import stem
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.verbs import Verb


def group_at(lower: Sequence[str], lexicon: Lexicon, number: int) -> Group | None:
    """Return the verb group whose verb is word `number`, None where it reports nothing.

    `lower` are the words of the text in small letters. Of several verbs with this form the one that
    says most comes first in the index: "faire savoir" before "faire", "s'engager" before "engager".
    """
    build = french_group if lexicon.language == "fr" else english_group
    for verb, form in lexicon.verbs.by_form[stem(lower[number])]:
        last = _last_word(lower, lexicon, number, verb) if verb.rest else number
        group = build(lower, lexicon, number, last, verb, form) if last is not None else None
        if group:
            return group
    return None


def _last_word(lower: Sequence[str], lexicon: Lexicon, number: int, verb: Verb) -> int | None:
    """Return the last word of a verb of several words, None when they do not follow."""
    last = number
    for wanted in verb.rest:
        last += 1
        while last < len(lower) and lower[last] != wanted and lexicon.is_adverb(lower[last]):
            last += 1
        if last >= len(lower) or lower[last] != wanted:
            return None
    return last
