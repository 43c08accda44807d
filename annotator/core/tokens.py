"""Cuts French and English text into tokens, exact to the code point; white space is never a token."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

TOKENISER = "annotator/1"
"""Name and version, for reports: another version may cut otherwise."""

Range = tuple[int, int]


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_APOSTROPHE = "'’ʼ"
_HYPHEN = "-‐‑"
# Signs without ink: inside a word they belong to it, elsewhere they are skipped like white space.
UNSEEN = "\x00-\x08\x0e-\x1b\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_CAPITAL = "A-ZÀ-ÖØ-ÞŒŸ"
_SYMBOL = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff"
)
_DOMAIN = "fr|com|org|net|ca|be|ch|eu|lu|uk|info|gov|edu|int|io|tv|de|es|it|quebec|paris|bzh"

_ELIDED = _words("c ç d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu entr parc")
_WHOLE = re.compile(
    r"(?:aujourd'hui|quelqu'une?|presqu'[îi]le|prud'hom\w*|entr'\w+|jusqu'au-bouti\w*|rendez-vous"
    r"|garde-à-vous|o'clock|jong-il|shangri-la|\w+-la-la|(?:add|head|spot|bolt|put|stand|hold)-on)s?"
)
_NAME = re.compile(f"[NM][{_APOSTROPHE}][{_CAPITAL}][a-zà-ÿ]")
_CLITIC = re.compile(
    r"-(?:t-)?(?:ils?|elles?|je|tu|ce|nous|vous)|-t-on|(?<=[td])-on"
    r"|-(?:moi|toi|lui|leur|les?|la|en|y)|-[mtl]'(?:en|y)"
)
_CLITICS = re.compile(f"(?:{_CLITIC.pattern})+$")
_CONTRACTION = re.compile(r"(?<=\w)(?:n't|'(?:s|re|ve|ll|d|m))$")

INNER_BLANKS = "\u00a0\u202f\u2009"
"""The blanks that a token may have in it: those between the digits of a number."""

_ALONE = frozenset("«»“”–—:;!?")
"""Signs that often stand between two spaces."""

_ABBREVIATIONS = _words(
    "M MM Mme Mmes Mlle Mlles Dr Drs Pr Prs Me Mgr St Ste Mr Mrs Ms Messrs Prof Gen Gén Col Cdt "
    "Cne Lt Sgt Cpl Capt Maj Adm Rep Sen Sén Gov Hon Rev Jr Sr Inc Corp Ltd Bros Co vs etc cf Cf "
    "env tél Tél Bd bd av Av apr"
)
_BEFORE_A_NUMBER = _words(
    "No no Nos nos n art Art p pp vol Vol fig Fig chap ch al éd ed Jan Feb Mar Apr Aug Sep Sept Oct "
    "Nov Dec janv févr avr juil sept oct nov déc"
)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Return the tokens of `text[start:end]` as code point offsets into `text`, in time linear in it.

    Elisions (l', qu’), clitics (-t-il, -elle) and contractions (n't, 's) stand alone; hyphenated
    words, numbers with their inner blanks, abbreviations with their stop, addresses and emoji are whole.
    """
    stop = len(text) if end is None else end
    pattern = _pattern(addresses=_has_address(text, start, stop))
    found: list[Range] = []
    at = start
    # No token reaches over a space, and most of what lies between two is one plain word.
    for chunk in text[start:stop].split(" "):
        behind = at + len(chunk)
        if chunk.isalpha():
            found.append((at, behind))
        elif chunk[-1:] == "," and chunk[:-1].isalpha():
            found += ((at, behind - 1), (behind - 1, behind))
        elif chunk in _ALONE:
            found.append((at, behind))
        elif chunk:
            for match in pattern.finditer(text, at, behind):
                if match.lastindex:
                    found += _parts(text, match)
                else:
                    found.append(match.span())
        at = behind + 1
    return found


def iterate(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """Yield the tokens one after another, so that one may stop early."""
    stop = len(text) if end is None else end
    pattern = _pattern(addresses=_has_address(text, start, stop))
    for match in pattern.finditer(text, start, stop):
        if match.lastindex:
            yield from _parts(text, match)
        else:
            yield match.span()


def is_abbreviation(word: str) -> bool:
    """Tell whether a full stop behind this word usually belongs to it."""
    return word in _ABBREVIATIONS


def _parts(text: str, match: re.Match[str]) -> Iterator[Range]:
    """Yield the tokens of a run of words joined by apostrophes and hyphens, with or without a stop."""
    start, end = match.span()
    stop = match.end("stop") > 0
    if stop:
        end -= 1
    if stop and _keeps_its_stop(text, start, end):
        yield start, end + 1
        return
    yield from _cut(text[start:end], start) if match.end("joined") > 0 else ((start, end),)
    if stop:
        yield end, end + 1


def _keeps_its_stop(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if word in _BEFORE_A_NUMBER:
        return _NUMBER_FOLLOWS.match(text, end + 1) is not None
    if end - start == 1 and word.isupper() and word != "M":
        return _NAME_FOLLOWS.match(text, end + 1) is not None
    return word in _ABBREVIATIONS


def _cut(run: str, start: int) -> Iterator[Range]:
    """Yield the parts of a run that holds an apostrophe or a hyphen; `start` is where it lies."""
    plain = _alike(run)
    at = 0
    while not _WHOLE.fullmatch(plain, at) and not _NAME.match(run, at):
        apostrophe = plain.find("'", at, at + 10)
        if apostrophe < 0 or plain[at:apostrophe] not in _ELIDED:
            break
        yield start + at, start + apostrophe + 1
        at = apostrophe + 1
    else:
        yield start + at, start + len(run)
        return
    yield from ((start + a, start + b) for a, b in _cut_end(plain, at))


def _cut_end(plain: str, at: int) -> Iterator[Range]:
    """Yield the word that begins at `at`, and its clitics or its contraction apart."""
    tail = _CONTRACTION.search(plain, max(at, len(plain) - 3)) or _CLITICS.search(
        plain, max(at + 1, len(plain) - 24)
    )
    if tail is None:
        yield at, len(plain)
        return
    yield at, tail.start()
    if plain[tail.start()] != "-":
        yield tail.span()
        return
    yield from (match.span() for match in _CLITIC.finditer(plain, tail.start()))


def _alike(run: str) -> str:
    """Return the run in small letters with one kind of apostrophe and hyphen, of the same length."""
    small = run.lower()
    if len(small) > len(run):
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in run)
    return small.translate(_ALIKE)


_ALIKE = {ord(char): "'" for char in _APOSTROPHE} | {ord(char): "-" for char in _HYPHEN}
_NUMBER_FOLLOWS = re.compile(r"[ \u00a0\u202f]?\d")
_NAME_FOLLOWS = re.compile(f"[ \u00a0\u202f]?[{_CAPITAL}]")


@cache
def marks() -> str:
    """Return the combining marks, for a character class: they belong to the sign before them."""
    blocks = ((0x300, 0x3100), (0xA660, 0xAC00), (0xFB1E, 0xFB1F), (0xFE00, 0xFE30))
    chars = [chr(code) for low, high in blocks for code in range(low, high)]
    found = "".join(char for char in chars if unicodedata.category(char).startswith("M"))
    return found + "\U000e0100-\U000e01ef"


_DOMAIN_NAME = re.compile(rf"\.(?:{_DOMAIN})(?!\w)")
_MAIL = re.compile(r"\w@\w")
_LINK = re.compile(r"https?://")


def _has_address(text: str, start: int, stop: int) -> bool:
    """Tell whether it is worth while to look for addresses; signs that none is without come first."""
    return (
        text.find("www.", start, stop) >= 0
        or (text.find("@", start, stop) >= 0 and _MAIL.search(text, start, stop) is not None)
        or (text.find("://", start, stop) >= 0 and _LINK.search(text, start, stop) is not None)
        or any(
            text[dot.start() - 1].isalnum() or text[dot.start() - 1] == "_"
            for dot in _DOMAIN_NAME.finditer(text, start + 1, stop)
        )
    )


@cache
def _pattern(*, addresses: bool) -> re.Pattern[str]:
    part = rf"\w[\w{marks()}]*+(?:[{UNSEEN}]++[\w{marks()}]++)*+"
    address = rf"""
        (?:https?://|www\.)[^\s<>«»“”"]*[\w/]
      | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}
      | (?:[\w-]{{1,63}}\.){{1,8}}(?:{_DOMAIN})(?![\w{_APOSTROPHE}])
      |
    """
    return re.compile(
        rf"""
        {address if addresses else ""}
        [#*0-9]\ufe0f?\u20e3
      | [\U0001f1e6-\U0001f1ff]{{2}}
      | [{_SYMBOL}](?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]
          |\u200d[{_SYMBOL}])*+
      | [@#]\w[\w{marks()}]*+
      | \d{{1,3}}(?:[{INNER_BLANKS}{_APOSTROPHE}]\d{{3}})+(?!\d)(?:[.,]\d++)?
      | \d++(?:[.,:/]\d++)++
      | [{_CAPITAL}]\.(?:-?[{_CAPITAL}]\.)++(?:[{_CAPITAL}](?!\w))?
      | (?:[cdjlmnst]|[CDJLMNST]|(?:[Jj]us|[Ll]ors|[Pp]uis)?[Qq]u)[{_APOSTROPHE}](?=[«“"‹])
      | [ap]\.m\. | e\.g\. | i\.e\. | [nN]°
      | {part}(?P<joined>(?:[{_HYPHEN}{_APOSTROPHE}]{part})++)?+(?P<stop>\.(?!\.))?+
      | \.{{2,}} | [!?]{{2,}} | -{{2,}} | \*{{2,}} | ={{2,}}
      | [^\w\s{UNSEEN}][{marks()}]*+
        """,
        re.VERBOSE,
    )
