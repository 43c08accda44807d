"""What reports a quotation behind its closing mark: ", assure X", ", X said", ", selon X"."""

from annotator.suggest.addressees import addressee
from annotator.suggest.draft import Draft
from annotator.suggest.forms import Form
from annotator.suggest.groups import SAYING, Group
from annotator.suggest.inversion import inversion
from annotator.suggest.kinds import Phrase
from annotator.suggest.marks import Quoted
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects
from annotator.suggest.unknown_verbs import UnknownVerbs
from annotator.suggest.words import STOPS

_BETWEEN = 40
"""Words that may stand between a quotation and the verb behind its subject."""


class Behind:
    """Looks behind the quotations of one reading."""

    def __init__(self, reading: Reading, phrases: Phrases, subjects: Subjects) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases
        self._subjects = subjects
        self._unknown = UnknownVerbs(reading, phrases)

    def attribute(self, quoted: Quoted, draft: Draft, limit: int) -> bool:
        """Look behind the closing mark: ", assure X", ", X said", ", selon X"."""
        words, last = self._words, quoted.last
        place = last + 1
        if quoted.closed != "mark" or place > limit or words.breaks_after(last):
            return False
        if words.surface[place] in STOPS and words.ends_sentence(place):
            return False
        while place <= limit and words.surface[place] in ",—–!?…" and place - last < 3:
            place += 1
        is_bare = place == last + 1
        if place > limit or not words.is_word(place):
            return False
        if is_bare and words.surface[last - 1] in STOPS and words.is_capital(place):
            return False  # a new sentence begins
        if is_bare and self._is_title(quoted):
            return False
        end = min(limit, self._reading.sentence_end(place))
        return (
            self._verb_behind(place, end, draft, is_bare=is_bare)
            or self._according_behind(place, end, draft)
            or self._subject_behind(place, end, draft, is_bare=is_bare)
            or (not is_bare and self._unknown.attribute(place, end, draft))
        )

    def _is_title(self, quoted: Quoted) -> bool:
        """Tell whether marks right behind a noun hold its name: "le comité « X » dénonce"."""
        words, before = self._words, quoted.first - 1
        if self._phrases.titles.get(quoted.first) != quoted.last or words.is_capital(before):
            return False
        noun = words.lower[before]
        return noun in self._lexicon.titled or self._phrases.kinds.is_speaker(noun)

    def _verb_behind(self, place: int, end: int, draft: Draft, *, is_bare: bool) -> bool:
        words, lexicon = self._words, self._lexicon
        start = place
        while start < end and (
            self._reading.is_adverb(start) or words.lower[start] in ("comme", "ainsi")
        ):
            start += 1
        group = self._reading.group_from(start, end)
        if group is None or not group.takes(*SAYING):
            return False
        is_comme = "comme" in words.lower[place:start]
        pattern = "dixit" if is_comme else "after-bare" if is_bare else "after-noun"
        if group.is_inverted:
            assert group.clitic is not None
            parts = inversion(words.lower[group.clitic])
            draft.source = (
                None if parts and parts[1] == "ce" else Phrase(group.clitic, group.clitic)
            )
            pattern = "after-clitic"
        elif group.form & Form.FINITE:
            draft.source = self._subject_of(group, end)
            if draft.source is None:
                return False
        elif words.lower[group.first] in ("de", "d'") and group.form & Form.INFINITIVE:
            draft.source = self._phrases.behind(group.last + 1, end)
            pattern = "after-infinitive"
        else:
            return False
        if is_bare and lexicon.language == "en" and draft.source is None:
            return False
        draft.group, draft.score, draft.pattern = group, 0.95, pattern
        draft.addressee = addressee(self._reading, self._phrases, group, end)
        return True

    def _subject_of(self, group: Group, end: int) -> Phrase | None:
        """Return the subject behind a verb; in English it may be a pronoun: "says he"."""
        place = group.last + 1
        if self._lexicon.language == "en" and place <= end:
            if self._words.lower[place] in self._lexicon.inverted:
                return Phrase(place, place)
        return self._phrases.behind(place, end)

    def _according_behind(self, place: int, end: int, draft: Draft) -> bool:
        phrase = self._lexicon.according_at(self._words.lower, place)
        source = self._phrases.behind(place + len(phrase), end) if phrase else None
        if phrase is None or source is None:
            return False
        draft.cue, draft.source = (place, place + len(phrase) - 1), source
        draft.pattern = "dixit" if phrase == ("dixit",) else "after-selon"
        draft.score = 0.9
        return True

    def _subject_behind(self, place: int, end: int, draft: Draft, *, is_bare: bool) -> bool:
        """Look for ", X said" and ", the mayor of Y, told Reuters"."""
        if is_bare and self._lexicon.language == "fr":
            return False
        is_as = self._words.lower[place] in ("as", "comme", "ainsi")
        for hit in self._reading.hits_between(place + 1, min(end, place + _BETWEEN)):
            group = self._reading.group(hit)
            if group is None or group.is_inverted or not group.form & Form.FINITE:
                continue
            if not group.takes(*SAYING):
                continue
            source = self._subjects.before(group.first, place + is_as)
            if source is None or source.first - place > 1 + is_as:
                return False
            draft.group, draft.source = group, source
            draft.pattern, draft.score = "dixit" if is_as else "after-subject", 0.93
            draft.addressee = addressee(self._reading, self._phrases, group, end)
            return True
        return False
