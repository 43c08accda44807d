"""Which bases an English form may come from, the likeliest first."""

import re
from collections.abc import Iterator

from annotator.suggest.forms import words

# What is left of a verb in silent e when -ed or -ing is taken off: "announc", "judg", "mumbl", "stat".
_WANTS_E = re.compile(
    r".*(?:c|v|u|[^s]s|[^tz]z|[^aeiourwlh]l|[dr]g|[^gn]g|..[aeiou][^aeiou]*[aei]ng|[^aeiou][aiou]k"
    r"|[^eo]at|creat|elet|plet|pet|(?:[^aeiou]|qu)ot|[^aeio]ut|ripost|[bs]ast"
    r"|(?:inv|rec|exc|inc|gn|un|spell?|ted)it|[^aeiou][aeiou]d|uad|guid|[iou]b"
    r"|[^o]ol|[^eo]ul|[cpt]il|[^aeo][iu]m|nam|elcom|[^aeio]in|phon|pon|condon|fan|ven"
    r"|scap|[^aeo][ao]p|yp|[^aeo]ar|dher|rfer|[^ae]ir|[lg]nor|[pt]lor|stor|ador|[^aeom]ur"
    r"|[eo]ath|eeth|writh|ooth)"
)
_DOUBLED_L = re.compile(r".*[aeiou][^aeiou]+(?:[eo]ll|(?:sign|tot|ped|riv|equ)all)")
_DOUBLE = frozenset(words("add err egg purr whirr butt boycott"))
"""Bases that end in a double letter; so do most in l, s, f and z."""

_NO_FORM = re.compile(
    r".*(?:ment|tion|sion|ness|ity|ance|ence|ship|hood|ism|ist|ful|less|ous|able|ible|ly|ward|wards)s?"
)
_FUNCTION_WORDS = frozenset(
    words(
        "a about above across after again against all also although always am among an and another any as"
        " at because before behind below between both but by could during each either else even ever every"
        " few for from he her here hers him his how however i if in into it its just less many may maybe me"
        " might mine more most much must my never no nor not nothing of off often on once one only or other"
        " our out over own perhaps per quite rather shall she should since so some something soon still"
        " such than that the their them then there these they this those though through thus to together"
        " too toward towards two under until up upon us very was we what when where whether which while who"
        " whom whose why will with within without would yes yet you your according via during"
        " hundred sacred indeed morning evening nothing anything everything this thus"
    )
)


def looks_like_a_form(word: str) -> bool:
    """Tell whether a word, in small letters, may be a form of a verb at all."""
    is_plain = word.isalpha() and len(word) > 2
    return is_plain and word not in _FUNCTION_WORDS and not _NO_FORM.fullmatch(word)


def candidates(word: str) -> Iterator[str]:
    """Yield the bases that the ending of a form suggests; some have no such form."""
    if re.search(r"(?:^[^aeiou]*|c)eed$", word):
        yield word
    elif word.endswith(("ies", "ied")):
        stem = word[:-3]
        yield stem + ("ie" if len(stem) == 1 else "y")
    elif re.search(r"[aeiouy].*ing$|[aeiouy].*ed$", word):
        yield from _bases(word[:-3] if word.endswith("ing") else word[:-2])
    elif re.search(r"(?:[sxz]|[cs]h|[^o]o)es$", word):
        at = -1 if re.search(r"[^s]ses$|[^tz]zes$|(?:oo|he)es$", word) else -2
        yield from (word[:at], word[:-1], word[:-2])
    elif re.search(r"[^suia]s$", word):
        yield word[:-1]
    yield word


def _bases(stem: str) -> Iterator[str]:
    """Yield the bases of what is left of a form without -ed or -ing."""
    if re.search("[aeiou][^aeiou]+ick$", stem):
        yield stem[:-1]
    if stem[-1] == stem[-2:-1] and stem not in _DOUBLE:
        if stem[-1] not in "lsfze" or _DOUBLED_L.fullmatch(stem):
            yield stem[:-1]
    if _WANTS_E.fullmatch(stem):
        yield stem + "e"
    yield stem
    yield stem + "e"
