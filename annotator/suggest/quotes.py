"""The quotes of an article, or the one around a place: what the rest of the program asks for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from annotator.core.quotes import MARKS
from annotator.core.tokens import UNSEEN
from annotator.language import _
from annotator.suggest.draft import Draft, phrase_range
from annotator.suggest.finder import Finder
from annotator.suggest.kinds import Phrase
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.proposal import SPEAKERS, Proposal, Range, Speaker, covers
from annotator.suggest.words import Words

WINDOW = 20_000
"""Code points to either side of a place within which the quote around it is looked for."""

_NEAR = 3_000
"""Code points that are looked at first: most quotes lie within."""

_MENTION = 8
"""Words before one that is pointed at, among which the name or the office may begin."""

_WORDS = 400
"""Code points around a word that tell what it belongs to."""

_WRITING = frozenset(
    "écrire réécrire tweeter publier poster rédiger griffonner write tweet post publish blog".split()
)
_WRITTEN = frozenset(
    """
    communiqué courriel mail lettre tweet message publication billet rapport tribune texto sms
    statement email e-mail letter memo filing post report note
    """.split()
)
_ALIKE = 0.7
"""Share that a chosen content and a found one must have in common to be one quote."""

_SIGN = re.compile(r"[,;.?!…—–]+")
_UNSEEN_SIGN = re.compile(f"[{UNSEEN}]")
_KINDS = {"pronoun": "person", "thing": "unspecified", None: ""}


def find(text: str, lexicon: Lexicon, *, with_speakers: bool = False) -> list[Proposal]:
    """Return the quotes of a text in text order, in time linear in its length.

    `with_speakers` adds up to five ranked speakers to each, at some cost. Never raises, whatever
    the text.
    """
    return _proposals(Finder(Words(text), lexicon), with_speakers=with_speakers)


def find_at(text: str, start: int, end: int, lexicon: Lexicon) -> Proposal | None:
    """Return the quote that `[start, end)` lies in or touches, the innermost; None when there is none.

    The place may also lie in an incise that parts the quote, or on its cue. Looks no farther than
    WINDOW code points, from one paragraph or sentence end to another.
    """
    for reach in (_NEAR, WINDOW):
        low, high = _window(text, start, end, reach)
        found = _around(_proposals(Finder(Words(text, low, high), lexicon)), start, end)
        is_whole = (low, high) == (0, len(text))
        if is_whole or (found and low < found.start and found.end < high):
            return found
    return found


def _around(found: list[Proposal], start: int, end: int) -> Proposal | None:
    inside = [p for p in found if covers(p.fragments, start) and covers(p.fragments, end)]
    around = [p for p in found if p.start <= start and end <= p.end]
    beside = [p for p in found if covers(p.cue, start) or (p.source and covers([p.source], start))]
    for group in (inside, around, beside):
        if group:
            return min(group, key=lambda each: each.end - each.start)
    return None


def first_between(
    text: str, start: int, end: int, passes: Callable[[Proposal], bool], lexicon: Lexicon
) -> Proposal | None:
    """Return the first quote that begins in `[start, end)` and passes; None when there is none."""
    at = start
    while at < end:
        low, high = _window(text, at, at, _NEAR)
        found = _proposals(Finder(Words(text, low, high), lexicon))
        for proposal in found:
            if at <= proposal.start < end and passes(proposal):
                return proposal
        at = max(high, at + 1)
    return None


def content_of(text: str, start: int, end: int, lexicon: Lexicon) -> Proposal:
    """Return the quote whose content a person has chosen: `[start, end)` without its incises.

    Cue and source are those that a rule finds for it, if any does.
    """
    low, high = _window(text, start, end, _NEAR)
    found = _proposals(Finder(Words(text, low, high), lexicon))
    likest = max(found, key=lambda each: _overlap(each, start, end), default=None)
    if likest and _overlap(likest, start, end) >= _ALIKE:
        kept = [(max(a, start), min(b, end)) for a, b in likest.fragments if a < end and b > start]
        kept[0], kept[-1] = (start, kept[0][1]), (kept[-1][0], end)
        return replace(likest, fragments=tuple(_trimmed(text, kept)))
    fragments = tuple(_trimmed(text, [(start, end)])) or ((start, end),)
    is_marked = text[fragments[0][0]] in MARKS
    return Proposal(fragments, "direct" if is_marked else "indirect", "hand", 1.0, "")


def _overlap(proposal: Proposal, start: int, end: int) -> float:
    """Return the share of both that a proposal and a stretch have in common, gaps counted in."""
    shared = min(end, proposal.end) - max(start, proposal.start)
    return max(0, shared) / (max(end, proposal.end) - min(start, proposal.start))


def between_signs(text: str, start: int, end: int, offset: int) -> Proposal | None:
    """Return content `[start, end)` without the words between the signs to either side of `offset`.

    For an incise that no rule knows; None where no sign stands before it.
    """
    opening = max((text.rfind(sign, start, offset) for sign in ",;?!…—–"), default=-1)
    if opening <= start:
        return None
    closing = _SIGN.search(text, offset, end)
    before = opening if text[opening] in ",;—–" else opening + 1
    fragments = [(start, before)]
    if closing:
        fragments.append((closing.end(), end))
    trimmed = tuple(_trimmed(text, fragments))
    return Proposal(trimmed, "direct", "hand", 1.0, "") if trimmed else None


def speakers_of(text: str, content: Sequence[Range], lexicon: Lexicon) -> list[Speaker]:
    """Return up to five who may have said what stands at `content`, the likeliest first.

    The content need not be one that a rule would find. Looks at its neighbourhood only.
    """
    low, high = _window(text, content[0][0], content[-1][1], _NEAR)
    finder = Finder(Words(text, low, high), lexicon)
    known = [
        draft
        for draft in finder.drafts
        if finder.words.span(draft.first, draft.last) == (content[0][0], content[-1][1])
    ]
    draft = known[0] if known else _draft_of(finder, content)
    return list(_speakers(finder, draft)) if draft else []


def _draft_of(finder: Finder, content: Sequence[Range]) -> Draft | None:
    """Return content that a person chose as a draft, in its place among those that were found."""
    words = finder.words
    parts = []
    for start, end in content:
        first = bisect_right(words.ends, start)
        last = bisect_left(words.starts, end) - 1
        if first <= last:
            parts.append((first, last))
    return finder.speakers.placed(Draft(parts, "direct", "hand", 1.0)) if parts else None


def incise_in(text: str, start: int, end: int, offset: int, lexicon: Lexicon) -> Proposal | None:
    """Return how the content `[start, end)` is parted by the incise around `offset`.

    The proposal's fragments are what is left of the content; its cue and source stand in the gap.
    None when there is no incise there.
    """
    low = max(start, offset - WINDOW)
    high = min(end, offset + WINDOW)
    finder = Finder(Words(text, low, high), lexicon)
    words = finder.words
    if not len(words):
        return None
    for incise in finder.incises.inside(0, len(words) - 1, is_asked=True):
        before = words.ends[incise.before]
        behind = end if incise.behind is None else words.starts[incise.behind]
        if before <= offset <= behind:
            fragments = [(start, before), (behind, end)] if behind < end else [(start, before)]
            return Proposal(
                tuple(fragments),
                "direct",
                incise.pattern,
                1.0,
                "",
                cue=(words.span(incise.group.first, incise.group.last),),
                source=phrase_range(words, incise.source) if incise.source else None,
            )
    return None


def cue_at(text: str, start: int, end: int, lexicon: Lexicon) -> Range | None:
    """Return the whole verb group around a place ("a déclaré"), None when no verb of saying is there."""
    low, high = _window(text, start, end, _WORDS)
    finder = Finder(Words(text, low, high), lexicon)
    words = finder.words
    for hit in finder.reading.hits:
        group = finder.reading.group(hit)
        if group:
            first, last = words.span(group.first, group.last)
            if first <= start and end <= last:
                return first, last
    return None


def mention_at(text: str, start: int, end: int, lexicon: Lexicon) -> Range | None:
    """Return the whole phrase that names somebody around a place, None when it is a plain word."""
    low, high = _window(text, start, end, _WORDS)
    finder = Finder(Words(text, low, high), lexicon)
    words = finder.words
    first = next((n for n in range(len(words)) if words.ends[n] > start), None)
    if first is None:
        return None
    found = None
    for place in range(first, max(-1, first - _MENTION), -1):
        phrase = finder.phrases.at(place, len(words) - 1) if finder.phrases.begins(place) else None
        if phrase is None or finder.phrases.kinds.of(phrase) == "thing":
            continue
        for whole in (phrase, finder.phrases.with_appositions(phrase, len(words) - 1)):
            last = _end_of_name(finder, whole, first)
            if words.starts[whole.first] <= start and end <= words.ends[last]:
                found = words.span(whole.first, last)
                break
    return found


def _end_of_name(finder: Finder, phrase: Phrase, number: int) -> int:
    """Return the last word of a phrase that surely belongs to it: "La Ville" of "La Ville approuve".

    Behind the word that is pointed at, a small word belongs to an office, or to a preposition before.
    """
    words, lexicon = finder.words, finder.reading.lexicon
    linking = lexicon.genitive | lexicon.determiners | lexicon.prepositions
    for place in range(max(number, phrase.first) + 1, phrase.last + 1):
        before = words.lower[place - 1]
        is_plain = words.is_word(place) and not words.is_capital(place)
        if is_plain and words.lower[place] not in linking and before not in linking:
            if not finder.phrases.kinds.is_speaker(before) or words.is_capital(place - 1):
                return place - 1
    return phrase.last


def _window(text: str, start: int, end: int, reach: int) -> Range:
    """Return a stretch around a place that begins and ends at a line's end, if one is near enough."""
    low, high = max(0, start - reach), min(len(text), end + reach)
    if low:
        low = text.find("\n", low, start) + 1 or low
    if high < len(text):
        line_end = text.rfind("\n", end, high)
        high = line_end if line_end >= 0 else high
    return low, high


def _proposals(finder: Finder, *, with_speakers: bool = False) -> list[Proposal]:
    return [
        proposal
        for draft in finder.drafts
        if (proposal := _proposal(finder, draft, with_speakers=with_speakers))
    ]


def _proposal(finder: Finder, draft: Draft, *, with_speakers: bool) -> Proposal | None:
    words = finder.words
    fragments = tuple(_trimmed(words.text, (words.span(*part) for part in draft.parts)))
    if not fragments:
        return None
    cue = tuple(_trimmed(words.text, [words.span(*draft.cue_words)])) if draft.cue_words else ()
    kind = draft.kind or (finder.phrases.kinds.of(draft.source) if draft.source else None)
    group = draft.group
    return Proposal(
        fragments,
        draft.type,
        draft.pattern,
        round(max(0.05, min(0.99, draft.score)), 2),
        _reason(finder, draft),
        cue=cue,
        source=phrase_range(words, draft.source) if draft.source else None,
        addressee=phrase_range(words, draft.addressee) if draft.addressee else None,
        medium=_medium(finder, draft, kind),
        source_kind=_KINDS.get(kind, kind or ""),
        is_negated=bool(group and group.is_negated),
        is_hedged=bool(group and group.is_hedged),
        speakers=tuple(_speakers(finder, draft)) if with_speakers else (),
    )


def _trimmed(text: str, ranges: Iterable[Range]) -> Iterator[Range]:
    """Yield ranges without blanks and unseen signs at their edges, and without empty or touching ones."""
    last = -1
    for first, behind in sorted(ranges):
        start, end = max(first, last + 1), behind
        while start < end and _is_blank(text[start]):
            start += 1
        while start < end and _is_blank(text[end - 1]):
            end -= 1
        if start < end:
            yield start, end
            last = end


def _is_blank(char: str) -> bool:
    return not char.isalnum() and (char.isspace() or _UNSEEN_SIGN.match(char) is not None)


def _medium(finder: Finder, draft: Draft, kind: str | None) -> str:
    """Return whether something was said, written or thought, as far as the words tell."""
    if draft.group is not None:
        if draft.group.verb.lemma in _WRITING:
            return "writing"
        if draft.group.takes("belief") and not draft.group.takes("que", "that"):
            return "thought"
    if kind == "document":
        return "writing"
    cue = draft.cue_words
    if cue is None:
        return ""
    lower = finder.words.lower
    behind = draft.source.last if draft.source and draft.source.first > cue[1] else cue[1]
    near = lower[behind + 1 : behind + 7]
    is_written = not _WRITTEN.isdisjoint(near) and draft.type == "direct"
    return "writing" if is_written else "speech"


def _speakers(finder: Finder, draft: Draft) -> Iterator[Speaker]:
    """Yield the ranked speakers; where there is room, nobody named and the author close the list."""
    words = finder.words
    ranked = finder.speakers.ranked(draft)
    for candidate in ranked:
        yield Speaker("mention", phrase_range(words, candidate.phrase), candidate.reason)
    if len(ranked) < SPEAKERS:
        yield Speaker("anonymous", None, _("somebody who is not named"))
    if len(ranked) < SPEAKERS - 1:
        yield Speaker("author", None, _("whoever wrote the article"))


def _reason(finder: Finder, draft: Draft) -> str:
    """Return in words what speaks for a quote: marks, cue, verb, speaker."""
    words = finder.words
    parts = []
    if draft.marks:
        parts.append(_("marks {marks}").format(marks=_pair(draft.marks)))
    if draft.cue_words:
        start, end = words.span(*draft.cue_words)
        name = _("incise “{cue}”") if draft.pattern.startswith("incise") else _("cue “{cue}”")
        parts.append(name.format(cue=words.text[start:end]))
    if draft.group is not None:
        parts.append(_("verb {lemma}").format(lemma=draft.group.verb.lemma))
    if draft.source is not None:
        start, end = phrase_range(words, draft.source)
        is_before = draft.continues or draft.pattern.startswith("floating")
        via = _("the speaker before, “{source}”") if is_before else _("speaker “{source}”")
        parts.append(via.format(source=_short(words.text[start:end])))
    return ", ".join(parts) or _("words between marks")


def _pair(mark: str) -> str:
    return {"«": "« »", "“": "“ ”", '"': '" "', "‹": "‹ ›", "‘": "‘ ’"}.get(mark, mark)


def _short(words: str, longest: int = 60) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
