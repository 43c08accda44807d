"""The control words of RTF that matter to a text, and the encodings it is written in."""

import codecs

CHARSETS = {
    int(number): code_page
    for number, code_page in (
        pair.split(":")
        for pair in (
            "77:mac_roman 80:euc_kr 81:mac_arabic 83:mac_greek 84:mac_cyrillic 85:gb2312"
            " 86:mac_romanian 87:mac_cyrillic 88:cp874 89:mac_latin2 128:cp932 129:cp949 130:johab"
            " 134:cp936 136:cp950 161:cp1253 162:cp1254 163:cp1258 177:cp1255 178:cp1256 186:cp1257"
            " 204:cp1251 222:cp874 238:cp1250 254:cp437 255:cp850"
        ).split()
    )
}
"""Code pages by `\\fcharset`; a font of any other is in the code page of the document."""

SYMBOLS = 2
"""The `\\fcharset` of a font whose signs are no letters."""

CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_NUMBERED = {65001: "utf-8", 10000: "mac_roman"}

SAID = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "lbr": "\n",
    "nestcell": "\t",
    "nestrow": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "\u00ad",
}
"""Words and signs that stand for characters."""

PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column", "\n", "\r"))
PROPERTIES = frozenset("title author subject keywords doccomm".split())
TIME = ("yr", "mo", "dy", "hr", "min")
MARGINS = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
SKIPPED = frozenset(
    "colortbl stylesheet pict object xe tc txe rxe upr nonshppict shprslt ftnsep ftnsepc ftncn"
    " aftnsep aftnsepc aftncn template nextfile filetbl revtbl private pntxta pntxtb".split()
)
"""Groups that hold no text of the document, and need not begin with a star."""


def known_code_page(number: int | None) -> str:
    """Return the code page of a number, "" when it is none that is known."""
    try:
        return codecs.lookup(_NUMBERED.get(number or 0, f"cp{number}")).name
    except LookupError:
        return ""
