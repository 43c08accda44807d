"""TEI comes in: text, annotations in it and off it, people, links, notes, and what the header says."""

from collections.abc import Iterator
from pathlib import Path

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Problem, Remark
from annotator.core.text import readable
from annotator.formats import register
from annotator.formats.safe_xml import SAFE, Element, local, syntax_problem, unblanked
from annotator.formats.tei.annotations import Annotations
from annotator.formats.tei.flow import Flow
from annotator.formats.tei.header import Header
from annotator.language import _, n_

_DOCUMENTS = ("TEI", "TEI.2")


def recognises(_path: Path, head: bytes) -> bool:
    """Tell TEI from other XML by its first element."""
    return any(mark in head for mark in (b"<TEI", b"<teiCorpus", b"www.tei-c.org/ns/1.0"))


def read_tei(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the article of a TEI file, or those of a corpus of them one after another."""
    from lxml import etree

    name = readable(path.name)
    number = 0
    try:
        with path.open("rb") as file:
            events = etree.iterparse(file, encoding=how.encoding or None, **SAFE)
            for _event, element in events:
                if isinstance(element.tag, str) and local(element) in _DOCUMENTS:
                    number += 1
                    yield from _article(element, _place(element, name, number))
                    _forget(element)
    except (etree.XMLSyntaxError, LookupError) as error:
        yield syntax_problem(error, name)
        return
    except OSError as error:
        yield Problem(name, error.strerror or str(error))
        return
    if not number:
        yield Problem(name, _("It is no TEI: there is no element of this name in it."))


def _place(element: Element, name: str, number: int) -> str:
    if element.getparent() is None:
        return name
    return _("{file}, item {number}").format(file=name, number=number)


def _forget(element: Element) -> None:
    """Free a text that has been read, and those before it."""
    element.clear(keep_tail=True)
    while element.getprevious() is not None and local(element.getprevious()) in _DOCUMENTS:
        del element.getparent()[0]


def _article(root: Element, place: str) -> Iterator[Found]:
    header = Header(root)
    found = Annotations(root, header)
    flow = Flow(found.exact)
    for child in root:
        if isinstance(child.tag, str) and local(child) == "text":
            flow.walk(child)
    text = unblanked(flow.text, header.controls)
    if not text.strip():
        yield Problem(place, _("Its text is empty."))
        return
    spans, links = found.read(flow, text)
    yield from _told(flow, place)
    yield from (Problem(place, told) for told in found.problems)
    yield from register.foundation(header.entities(), place)
    yield LabelledArticle(header.article(text), spans, links, place=place)


def _told(flow: Flow, place: str) -> Iterator[Problem]:
    for name, count in flow.unread.items():
        told = n_(
            "{count} element “{name}” is not part of the text; it was left out.",
            "{count} elements “{name}” are not part of the text; they were left out.",
            count,
        )
        yield Remark(place, told.format(count=count, name=name))
    for name in dict.fromkeys(flow.unknown):
        told = _("The entity “&{name};” is declared elsewhere; it stands as it is.")
        yield Problem(place, told.format(name=name))
