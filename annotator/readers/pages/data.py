"""The data in a page that is meant for search engines: JSON-LD after schema.org."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from annotator.readers.pages.flow import BLANKS
from annotator.readers.paragraphs import sound

Data = Mapping[str, Any]

_ARTICLE_TYPE = re.compile(r"Article$|Posting$|^Report", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f]+")


def article_data(root: Any) -> Data:
    """Return what JSON-LD says of the article: the first thing of such a type, best with a headline."""
    things = [
        thing
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
        for thing in _things(_parsed(script.text or ""))
        if any(_ARTICLE_TYPE.search(kind) for kind in _strings(thing.get("@type")))
    ]
    return next((thing for thing in things if thing.get("headline")), things[0] if things else {})


def _parsed(text: str) -> Any:
    try:
        # Line ends inside strings are wrong, and frequent.
        return json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: Any) -> Iterator[Data]:
    """Yield the objects in a value and in the parts of it that hold further ones, in their order."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            yield each
            waiting += [each.get(name) for name in ("mainEntityOfPage", "mainEntity", "@graph")]


def name_in(thing: Any) -> str:
    return next(names_in(thing), "")


def names_in(thing: Any) -> Iterator[str]:
    """Yield the names of persons and organisations, given as they are or as objects or lists."""
    for each in thing if isinstance(thing, list) else [thing]:
        named = each.get("name") if isinstance(each, dict) else each
        for name in _strings(named):
            if clean(name):
                yield clean(unescape(name))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def text_in(value: Any, *, is_long: bool = False) -> str:
    text = unescape(", ".join(_strings(value)))
    return sound(text) if is_long else clean(text)


def clean(text: str) -> str:
    """Return a text on one line, its no-break spaces kept, without soft hyphens."""
    return _WHITE.sub(" ", sound(text).replace("\u00ad", "")).strip(BLANKS)
