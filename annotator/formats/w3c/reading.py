"""Web Annotations come in: the texts they are about, and each where its position or its quote is."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.encoding import decode
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Entity, Problem, Remark
from annotator.core.text import LineEnds, readable
from annotator.formats import register
from annotator.formats.lines import Opened, parse, read_opened, refusal
from annotator.formats.values import from_text
from annotator.formats.w3c.items import Item, Items, items_of
from annotator.formats.w3c.words import id_of, own
from annotator.language import _, n_


def recognises(path: Path, head: bytes) -> bool:
    """Tell a file of annotations by its ending or its context."""
    return path.suffix.lower() == ".jsonld" or b"www.w3.org/ns/anno" in head


def beside_of(path: Path) -> tuple[Path, ...]:
    """Return the text that lies beside a file, if one does."""
    text = path.with_suffix(".txt")
    return (text,) if text.is_file() else ()


def read_w3c(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles that the annotations of a file are about."""

    def read(opened: Opened, name: str) -> Iterator[Found]:
        line = parse(opened.file.read(), name)
        if isinstance(line, Problem):
            yield line
            return
        items = items_of(line.value)
        if items is None:
            yield Problem(name, _("There are no annotations in it."))
            return
        texts = _texts(items)
        if not texts:
            yield from _beside(path, name, texts)
        if texts:
            yield from register.foundation(_entities(line.value), name)
            yield from _articles(items, texts, name)
        else:
            told = _("It does not hold the text; put it beside as “{file}”.")
            yield Problem(name, told.format(file=readable(path.with_suffix(".txt").name)))

    return read_opened(path, read, how)


class _Source:
    """A text that annotations are about, with what is said of it."""

    def __init__(self, text: str, about: Mapping[str, Any]) -> None:
        self.raw = text
        self.ends = LineEnds(text)
        self.about = about

    def article(self) -> Article:
        """Return the article, with exactly the metadata that we wrote."""
        rows = self.about.get(own("metadata"))
        if not isinstance(rows, list):
            return Article(new_id(), self.ends.text)
        given = {
            str(row.get(own("name"))): from_text(str(row.get(own("value"))))
            for row in rows
            if isinstance(row, dict)
        }
        identity = id_of(str(self.about.get("id")), "article")
        return known_article(identity or new_id(), self.ends.text, given)


def _texts(items: Sequence[Item]) -> dict[str, _Source]:
    """Return the texts that are among the annotations, by what they describe."""
    found = {}
    for item in items:
        for target in item.targets:
            value = target.get("value")
            if isinstance(value, str) and isinstance(target.get("id"), str):
                found[target["id"]] = _Source(value, target)
        if item.motivation == "describing" and not item.is_placed:
            values = [body["value"] for body in item.bodies if isinstance(body.get("value"), str)]
            for target in item.targets[:1]:
                if values and isinstance(target.get("id"), str):
                    found[target["id"]] = _Source(values[0], target)
    return found


def _beside(path: Path, name: str, texts: dict[str, _Source]) -> Iterator[Problem]:
    for beside in beside_of(path):
        try:
            texts[""] = _Source(decode(beside.read_bytes()).text, {})
        except (UserError, OSError) as error:
            yield refusal(error, name)


def _entities(value: Any) -> list[Entity]:
    rows = value.get(own("entities")) if isinstance(value, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            plain = {key.removeprefix(own("")): str(text) for key, text in row.items()}
            found.append(register.from_row(plain))
    return [entity for entity in found if entity]


def _articles(items: Sequence[Item], texts: Mapping[str, _Source], name: str) -> Iterator[Found]:
    only = next(iter(texts)) if len(texts) == 1 else ""
    strangers = 0
    about: dict[str, list[Item]] = {source: [] for source in texts}
    for item in items:
        source = next((source for source in item.sources if source in texts), only)
        if source in about:
            about[source].append(item)
        elif item.is_placed:
            strangers += 1
    for number, (source, text) in enumerate(texts.items(), start=1):
        place = name
        if len(texts) > 1:
            place = _("{file}, item {number}").format(file=name, number=number)
        if not text.raw.strip():
            yield Problem(place, _("Its text is empty."))
            continue
        reading = Items(text.raw, text.ends)
        spans, links = reading.read(about[source], items)
        yield from (Problem(place, told) for told in reading.problems)
        yield from (Remark(place, told) for told in reading.remarks)
        yield LabelledArticle(text.article(), spans, links, place=place)
    if strangers:
        told = n_(
            "{count} annotation is about another text than those in the file; it was left out.",
            "{count} annotations are about other texts than those in the file; they were left out.",
            strangers,
        )
        yield Problem(name, told.format(count=strangers))
