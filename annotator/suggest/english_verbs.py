"""Conjugates English verbs, and finds the base of a form that no lexicon knows."""

import re
from collections.abc import Iterator
from functools import cache

from annotator.suggest.english_guess import candidates, looks_like_a_form
from annotator.suggest.forms import Form, add, normal, words

# Base, past, participle; a slash parts two forms that are both in use.
_IRREGULAR = """
bear bore borne | beat beat beaten | become became become | begin began begun | bend bent bent
beseech besought/beseeched besought/beseeched | bet bet/betted bet/betted | bid bid bid
bind bound bound | bite bit bitten | blow blew blown | break broke broken | breed bred bred
bring brought brought | broadcast broadcast/broadcasted broadcast/broadcasted | build built built
burn burned/burnt burned/burnt | burst burst burst | buy bought bought | cast cast cast
catch caught caught | choose chose chosen | cling clung clung | come came come | cost cost cost
cut cut cut | deal dealt dealt | dig dug dug | do did done | draw drew drawn
dream dreamed/dreamt dreamed/dreamt | drink drank drunk | drive drove driven | eat ate eaten
fall fell fallen | feed fed fed | feel felt felt | fight fought fought | find found found
flee fled fled | fling flung flung | fly flew flown | forbid forbade/forbad forbidden
forecast forecast/forecasted forecast/forecasted | forget forgot forgotten
forgive forgave forgiven | get got got/gotten | give gave given | go went gone
grind ground ground | grow grew grown | hang hung/hanged hung/hanged | have had had
hear heard heard | hide hid hidden | hit hit hit | hold held held | hurt hurt hurt
keep kept kept | know knew known | lay laid laid | lead led led | leap leaped/leapt leaped/leapt
learn learned/learnt learned/learnt | leave left left | lend lent lent | let let let
lie lied/lay lied/lain | lose lost lost | make made made | mean meant meant | meet met met
pay paid paid | plead pleaded/pled pleaded/pled | put put put | read read read
relay relayed relayed | ride rode ridden | ring rang rung | rise rose risen | run ran run
say said said | see saw seen | seek sought sought | sell sold sold | send sent sent | set set set
shake shook shaken | shoot shot shot | show showed shown/showed | shrink shrank/shrunk shrunk
shut shut shut | sing sang sung | sit sat sat | sleep slept slept | sling slung slung
sneak sneaked/snuck sneaked/snuck | speak spoke spoken | spell spelled/spelt spelled/spelt
spend spent spent | spill spilled/spilt spilled/spilt | spin spun spun | spit spat/spit spat/spit
split split split | spread spread spread | spring sprang sprung | stand stood stood
steal stole stolen | stick stuck stuck | sting stung stung | strike struck struck/stricken
swear swore sworn | sweep swept swept | swing swung swung | take took taken | teach taught taught
tear tore torn | tell told told | think thought thought | throw threw thrown
understand understood understood | upset upset upset | wear wore worn | weep wept wept
win won won | wind wound wound | wring wrung wrung | write wrote written
"""
_PREFIXED = re.compile(r"(re|over|fore|under|mis|out|with|up|un)(.+)")
"""Verbs that go as the one behind the prefix: withdraw, foretell, overhear."""

_BE = (
    ("be", Form.INFINITIVE),
    ("am", Form.SPEAKER),
    ("are", Form.SPEAKER | Form.FINITE | Form.PLURAL),
    ("is", Form.FINITE),
    ("was", Form.SPEAKER | Form.FINITE | Form.PAST),
    ("were", Form.SPEAKER | Form.FINITE | Form.PLURAL | Form.PAST),
    ("been", Form.PARTICIPLE),
    ("being", Form.GERUND),
)
_BASE = Form.SPEAKER | Form.FINITE | Form.PLURAL | Form.INFINITIVE
_ENDED = Form.SPEAKER | Form.FINITE | Form.PAST

# A consonant behind a single vowel doubles where the stress is: in verbs of one syllable, and in these.
_SHORT = re.compile(r"y?[^aeiouy]*(?:(?<=q)u)?[aeiouy][bdfgklmnprtvz]")
_STRESSED = frozenset(
    words("""
    abet abhor acquit admit allot annul aver begin commit compel concur confer control corral
    deadpan defer demur deter dispel eavesdrop emit enrol equip excel expel extol forget format
    handicap impel incur infer kidnap nonplus occur omit outwit overlap patrol permit prefer
    program propel rebel rebut recap recur refer regret remit repel submit transfer transmit
    unplug upset
    """)
)
_BEFORE_L = re.compile(r".*[^aeiou][aei]l")
"""Unstressed, the l doubles in Britain: counselled, signalled."""


def forms(lemma: str) -> dict[str, Form]:
    """Return every form of one verb, in small letters: base, -s, past, participle, -ing.

    British and American spellings stand side by side: counselled and counseled, apologise for
    "apologize". "" has no forms.
    """
    base = normal(lemma)
    if base in ("", "be"):
        return dict(_BE) if base else {}
    found: dict[str, Form] = {}
    for spelling in filter(None, (base, _in_ise(base))):
        for word, form in _conjugated(spelling):
            add(found, word, form)
    return found


def _in_ise(base: str) -> str:
    """Return the British spelling of a verb in -ize or -yze, "" for other verbs."""
    american = re.fullmatch(r"(.{3,}[^e]i|.+ly)ze", base)
    return american[1] + "se" if american else ""


def _conjugated(base: str) -> Iterator[tuple[str, Form]]:
    prefix, root = _parted(base)
    row = _rows().get(root)
    stems = tuple(prefix + stem for stem in _stems(root))
    yield base, _BASE
    yield "has" if base == "have" else _with_s(base), Form.FINITE
    for stem in stems:
        yield _with_ing(stem), Form.GERUND
    if row is None:
        yield from ((_with_ed(stem), _ENDED | Form.PARTICIPLE) for stem in stems)
        return
    past, participles = row
    yield from ((prefix + word, _ENDED) for word in past)
    yield from ((prefix + word, Form.PARTICIPLE) for word in participles)


def _parted(base: str) -> tuple[str, str]:
    """Return the prefix of an irregular verb and the verb behind it: "fore" and "tell"."""
    rows = _rows()
    match = None if base in rows else _PREFIXED.fullmatch(base)
    return (match[1], match[2]) if match and match[2] in rows else ("", base)


@cache
def _rows() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    rows = {}
    for entry in re.split(r"[|\n]", _IRREGULAR.strip()):
        base, past, participle = entry.split()
        rows[base] = tuple(past.split("/")), tuple(participle.split("/"))
    return rows


def _with_s(base: str) -> str:
    if re.search("[^aeiou]y$", base):
        return base[:-1] + "ies"
    if re.search("[aeiou]z$", base):
        return base + "zes"
    return base + ("es" if re.search("[sxz]$|[cs]h$|[^o]o$", base) else "s")


def _with_ed(stem: str) -> str:
    if re.search("[^aeiou]y$", stem):
        return stem[:-1] + "ied"
    return stem + ("d" if stem.endswith("e") else "ed")


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    is_silent = re.search("[^eoy]e$", stem) and len(stem) > 2
    return (stem[:-1] if is_silent else stem) + "ing"


def _stems(base: str) -> tuple[str, ...]:
    """Return what stands before -ed and -ing, as it is written in one place or another."""
    if base.endswith("ic"):
        return (base + "k",)
    doubled = base + base[-1:]
    if _SHORT.fullmatch(base) or base in _STRESSED:
        return (doubled,)
    return (base, doubled) if _BEFORE_L.fullmatch(base) else (base,)


def guess_lemma(form: str) -> str | None:
    """Return the likeliest base of a form of a verb the lexicon lacks; None for no verb.

    A bare word is taken for a base unless it ends as a noun or an adverb does.
    """
    word = normal(form)
    if not looks_like_a_form(word):
        return None
    irregular = _irregular_forms()
    if word in irregular:
        return irregular[word]
    match = _PREFIXED.fullmatch(word)
    if match and match[2] in irregular and word in forms(match[1] + irregular[match[2]]):
        return match[1] + irregular[match[2]]
    return next((base for base in candidates(word) if word in forms(base)), None)


@cache
def _irregular_forms() -> dict[str, str]:
    found = {word: "be" for word, _form in _BE}
    for base in _rows():
        for word in forms(base):
            found.setdefault(word, base)
    return found
