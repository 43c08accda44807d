"""What reports a quotation before its opening mark: "X souligne :", "X :", "X said,", "Selon X,"."""

from collections.abc import Collection

from annotator.suggest.addressees import addressee
from annotator.suggest.draft import Draft
from annotator.suggest.forms import Form
from annotator.suggest.groups import SAYING, Group
from annotator.suggest.kinds import Phrase
from annotator.suggest.marks import Quoted
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects
from annotator.suggest.words import STOPS

_INTRODUCING = 14
"""Words that may stand between a verb and the comma before the opening mark."""

_ANSWERS = frozenset("oui non yes no never jamais bravo merci".split())


class Leading:
    """Looks before the quotations of one reading. `used` are the verbs that report others already."""

    def __init__(
        self, reading: Reading, phrases: Phrases, subjects: Subjects, used: Collection[int]
    ) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases
        self._subjects = subjects
        self._used = used

    def colon(self, quoted: Quoted, draft: Draft, *, with_verb: bool) -> bool:
        """Look before a colon: "X souligne :", "X, maire de Y :"."""
        words, colon = self._words, quoted.first - 1
        if colon < 1 or words.surface[colon] != ":":
            return False
        start = self._reading.sentence_start(colon)
        if with_verb:
            return self._colon_verb(start, colon, draft)
        draft.cue, draft.pattern, draft.score = (colon, colon), "colon-noun", 0.7
        phrase = self._phrases.at(start, colon - 1) if start < colon else None
        if phrase and (
            self._phrases.begins(start) or self._phrases.kinds.is_role(words.lower[start])
        ):
            source = self._phrases.with_appositions(phrase, colon - 1)
            if self._phrases.kinds.of(source) != "thing" and source.last >= colon - 4:
                draft.source, draft.score = source, 0.85
        draft.continues = draft.source is None
        return True

    def _colon_verb(self, start: int, colon: int, draft: Draft) -> bool:
        for hit in reversed(self._reading.hits_between(start, colon - 1)):
            group = self._reading.group(hit)
            if (
                group is None
                or hit in self._used
                or not group.takes(*SAYING, "np", "juge", "abstract")
            ):
                continue
            draft.group, draft.pattern, draft.score = group, "colon-verb", 0.92
            self._find_subject(group, start, colon - 1, draft)
            return True
        return False

    def _find_subject(self, group: Group, start: int, end: int, draft: Draft) -> None:
        """Find who does the saying: the pronoun on the verb, the words before it, else those behind."""
        if group.is_inverted:
            assert group.clitic is not None
            draft.source = Phrase(group.clitic, group.clitic)
        elif group.form & Form.GERUND:
            draft.source = None
        else:
            draft.source = self._subjects.before(group.first, start) or self._phrases.behind(
                group.last + 1, end
            )
            draft.addressee = addressee(self._reading, self._phrases, group, end)
        draft.continues = draft.source is None

    def according(self, quoted: Quoted, draft: Draft) -> bool:
        """Look for "Selon X, « … »" and "In the words of X, “…”" where nothing but the marks follows."""
        words, comma = self._words, quoted.first - 1
        behind = quoted.last + 1
        if comma < 1 or words.surface[comma] != "," or quoted.closed != "mark":
            return False
        is_all = (
            behind >= len(words)
            or words.surface[behind] in STOPS
            or words.breaks_after(quoted.last)
        )
        start = self._reading.sentence_start(comma)
        if not (is_all or words.surface[quoted.last - 1] in STOPS):
            return False
        phrase = self._lexicon.according_at(words.lower, start)
        first = start + len(phrase) if phrase else comma
        source = self._phrases.at(first, comma - 1) if first < comma else None
        if source is None:
            return False
        draft.source = self._phrases.with_appositions(source, comma)
        draft.cue, draft.pattern, draft.score = (start, first - 1), "before-selon", 0.85
        return True

    def verb(self, quoted: Quoted, draft: Draft) -> bool:
        """Look for a verb that leads to the mark: "X said, “", "il a lâché « Non »"."""
        words, place = self._words, quoted.first - 1
        if (
            place < 0
            or words.breaks_after(place)
            or words.lower[place] in self._lexicon.complementisers
        ):
            return False
        has_comma = words.surface[place] == ","
        if not has_comma and not self._is_whole(quoted):
            return False
        start = self._reading.sentence_start(place)
        for hit in reversed(self._reading.hits_between(max(start, place - _INTRODUCING), place)):
            group = self._reading.group(hit)
            if group is None or hit in self._used or not group.takes("incise", "zero"):
                continue
            between = range(group.last + 1, place + (not has_comma))
            if not self._leads_to(between, has_comma=has_comma):
                return False
            draft.group, draft.pattern, draft.score = group, "before-verb", 0.85
            self._find_subject(group, start, place, draft)
            return draft.source is not None or has_comma
        return False

    def _is_whole(self, quoted: Quoted) -> bool:
        """Tell whether marks without a comma before them hold an utterance, not a name somebody gives."""
        words, first = self._words, quoted.first + 1
        if words.is_capital(first) or words.lower[first] in _ANSWERS:
            return True
        return words.surface[quoted.last - 1] in STOPS

    def _leads_to(self, between: range, *, has_comma: bool) -> bool:
        """Tell whether between a verb and the mark stand only a time, a place, whom it was said to."""
        words, lexicon = self._words, self._lexicon
        if any(
            words.lower[n] in lexicon.clausal or words.lower[n] in lexicon.subordinators
            for n in between
        ):
            return False
        if has_comma:
            return len(between) <= _INTRODUCING
        return len(between) <= 3 and all(
            self._reading.is_adverb(n)
            or words.lower[n] in lexicon.time
            or words.lower[n] in lexicon.objects
            for n in between
        )
