"""The text of the article in a page: what was chosen, its lead put before it, what is beside it left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotator.core.text import LineEnds
from annotator.language import _, n_
from annotator.readers.datelines import read_dateline
from annotator.readers.pages.article import chosen
from annotator.readers.pages.data import clean
from annotator.readers.pages.facts import PageFacts
from annotator.readers.pages.flow import Block, blocks, joined
from annotator.readers.pages.lines import is_aside, is_linked, is_wall, without_asides
from annotator.readers.pages.tree import parse_page

_LEAD = re.compile(
    r"chap[oô]|standfirst|\blead\b|article__desc|\bdek\b|sous-?titre|subtitle|subhead|\bsummary\b"
    r"|\bintro|excerpt|description|article__lead|accroche",
    re.IGNORECASE,
)
_MUCH_LONGER = 1.5
"""Times the text shown: if its data holds so much more, a page hides the rest of its article."""

_MARKUP = re.compile(r"</\w+>|<br\b", re.IGNORECASE)
_ELSEWHERE = frozenset(("nav", "footer", "aside", "header", "form", "figure", "dialog"))
_SENTENCE = 40
"""Code points: an article has at least one block as long as this."""

_HEAD_LINE = 120
"""Code points: a longer line above an article is no dateline or byline."""


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, the short lines above it, and what the user should know."""

    text: str
    head: str
    remarks: tuple[str, ...]


def page_body(root: Any, found: Sequence[Block], facts: PageFacts, page: str) -> Body | None:
    """Return the article in a page, None when there is none. The tree is spoiled."""
    picked = chosen(root, found)
    remarks = [_cut_short()] if any(map(is_wall, picked or found)) else []
    article = without_asides(_without_title(picked, facts.title))
    if not any(map(_is_prose, article)):
        if len(facts.body) > _SENTENCE:
            return _body(_from_markup(facts.body), "", [*remarks, _from_data()])
        found = _readable(page)
        article = without_asides(_without_title(found, facts.title))
        if not any(map(_is_prose, article)):
            return None
        remarks.append(_roughly())
    dated, article = _dates(article, facts.language)
    above = _above(found, article[0])
    lead = [block for block in above if _is_lead(block, facts)]
    text = joined((*lead, *article))
    if len(facts.body) > _MUCH_LONGER * len(text):
        remarks.append(_in_part(len(facts.body) - len(text)))
    return _body(text, _head([*above, *dated]), remarks)


def _body(text: str, head: str, remarks: list[str]) -> Body:
    """Return the body without the soft hyphens with which pages say where a word may be broken."""
    count = text.count("\u00ad")
    if count:
        told = n_(
            "{count} soft hyphen was taken out.", "{count} soft hyphens were taken out.", count
        )
        remarks = [*remarks, told.format(count=count)]
    return Body(text.replace("\u00ad", ""), head, tuple(remarks))


def _readable(page: str) -> list[Block]:
    """Return what can be read in <article>, else <main>, else the page, without what is around it."""
    root = parse_page(page)
    assert root is not None
    frame = next((each for tag in ("article", "main") for each in root.iter(tag)), root)
    fitting = []
    for block in blocks(root):
        lineage = [block.node, *block.node.iterancestors()]
        if frame in lineage and not any(each.tag in _ELSEWHERE for each in lineage):
            fitting.append(block)
    return fitting


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _SENTENCE and not is_linked(block)


def _without_title(found: Sequence[Block], title: str) -> list[Block]:
    """Return an article without its title, which is kept as such."""
    for number, block in enumerate(found[:3]):
        if block.tag == "h1" and clean(block.text) == title:
            return [*found[:number], *found[number + 1 :]]
    return list(found)


def _dates(article: list[Block], language: str) -> tuple[list[Block], list[Block]]:
    """Return the datelines with which an article begins, and the rest of it."""
    count = 0
    for block in article[:-1]:
        if len(block.text) > _HEAD_LINE or not read_dateline(block.text, language):
            break
        count += 1
    return article[:count], article[count:]


def _above(found: Sequence[Block], first: Block) -> list[Block]:
    """Return the blocks between the last main heading above an article and its first block."""
    end = found.index(first)
    start = next((n for n in range(end - 1, -1, -1) if found[n].tag == "h1"), end)
    return list(found[start + 1 : end])


def _is_lead(block: Block, facts: PageFacts) -> bool:
    """Tell the paragraph that newspapers print in bold between title and text."""
    if not _is_prose(block) or is_aside(block) or is_wall(block):
        return False
    if clean(block.text) == facts.meta.get("description"):
        return True
    lineage = [block.node, *block.node.iterancestors()][:3]
    named = " ".join(
        each.get(name) or "" for each in lineage for name in ("class", "itemprop", "id")
    )
    return bool(_LEAD.search(named))


def _head(above: Sequence[Block]) -> str:
    return "\n".join(clean(block.text) for block in above if len(block.text) <= _HEAD_LINE)


def _from_markup(data: str) -> str:
    """Return the text in data of a page: plain, or with markup in it."""
    root = parse_page(data) if _MARKUP.search(data) else None
    return LineEnds(data).text.strip("\n ") if root is None else joined(blocks(root))


def _cut_short() -> str:
    return _("The page holds only the beginning of the article: the rest is for subscribers.")


def _in_part(count: int) -> str:
    told = n_(
        "The page shows its article in part: its data for search engines has {count} character more.",
        "The page shows its article in part: its data for search engines has {count} characters more.",
        count,
    )
    return told.format(count=count)


def _from_data() -> str:
    return _("The page shows no article; its text was taken from the data for search engines.")


def _roughly() -> str:
    return _("It is not clear which part of the page is the article; all readable text came in.")
