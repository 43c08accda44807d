"""JSON lines of chats for fine-tuning language models: instruction, article, and the answer wanted."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from annotator.core import tokens
from annotator.core.corpus import Corpus, Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, BY_DEFAULT, Format, Part, Reading, Writing
from annotator.core.ids import new_id
from annotator.core.model import Article, Link, Problem
from annotator.core.text import LineEnds
from annotator.core.tokens import Range
from annotator.formats.article_writer import Prove, ProvingWriter
from annotator.formats.chat.aligning import Alignment
from annotator.formats.chat.answers import answer
from annotator.formats.chat.parts import MOST_TOKENS, crossing, part_of, parts
from annotator.formats.chat.prompts import TEMPLATE, language, prompt
from annotator.formats.holding import Kept, leave_out, loss
from annotator.formats.lines import Line, Opened, first_record, json_lines, read_opened
from annotator.language import _

_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Signs that some readers of lines take for their end; in JSON they may be escaped."""

_FENCED = re.compile(r"\s*```(?:json)?\s*(.*?)```\s*", re.DOTALL)


def read_chat(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield an article for each line, with what its last answer finds in its last question."""

    def read(opened: Opened, name: str) -> Iterator[Found]:
        for line in json_lines(opened, name):
            yield from [line] if isinstance(line, Problem) else _read_line(line)

    return read_opened(path, read, how)


def _read_line(line: Line) -> Iterator[Found]:
    said = _said(line.value)
    raw = said.get("user", "")
    if not raw.strip():
        yield Problem(line.place, _("It has no message of a user with a text."))
        return
    given, wrong = _answer(said.get("assistant", "{}"))
    if wrong:
        yield Problem(line.place, wrong)
    found = Alignment(raw, given)
    yield from (Problem(line.place, told) for told in found.problems)
    article = Article(new_id(), LineEnds(raw).text)
    yield LabelledArticle(article, found.spans, found.links, place=line.place)


def _said(value: Any) -> dict[str, str]:
    """Return what each role said last."""
    rows = value.get("messages") if isinstance(value, dict) else None
    return {
        row["role"]: row["content"]
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict)
        and isinstance(row.get("role"), str)
        and isinstance(row.get("content"), str)
    }


def _answer(content: str) -> tuple[dict[str, Any], str]:
    """Return the object of an answer, and why there is none."""
    fenced = _FENCED.fullmatch(content)
    try:
        value = orjson.loads(fenced[1] if fenced else content)
    except orjson.JSONDecodeError as error:
        told = _("Its answer is not valid JSON ({reason}).")
        return {}, told.format(reason=error)
    return (value, "") if isinstance(value, dict) else ({}, _("Its answer is no JSON object."))


class ChatWriter(ProvingWriter):
    """Writes an example for each article, or for each part of one that is too long for a model."""

    holds = ("overlaps", "fragments", "links", "attributes")

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._prompts = {code: prompt(corpus.scheme, code) for code in ("fr", "en")}
        self._asked: set[str] = set()
        # Of the article that was kept last: what is left of it no longer tells.
        self._language = ""
        self._parts: list[Range] = []
        self._divided = 0
        self.settings = self._settings()

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what an example holds; what does not fit into the parts of a long text is lost."""
        kept = super().kept(labelled)
        self._language = language(labelled.article.language)
        self._parts = parts(kept.labelled)
        return self._in_parts(kept) if len(self._parts) > 1 else kept

    def _in_parts(self, kept: Kept) -> Kept:
        across, parted = crossing(kept.labelled, self._parts)
        reason = _("It lies across two parts of a text that is too long for one example.")
        kept = leave_out(kept, dict.fromkeys(across, reason), self.labels)
        labelled, losses = kept
        first = {span.annotation: span for span in labelled.spans if span.n == 0}
        for link in labelled.links:
            if link.id in parted:
                span = first[link.from_id]
                told = _("It joins two parts of a text that is too long for one example.")
                label = self.labels[span.label]
                losses.append(
                    loss(labelled, span, label, "left out", told, kind="link", thing=link.id)
                )
        told = _("Its text is too long for one example and goes out in parts.")
        losses += [
            loss(labelled, span, self.labels[span.label], "changed", told)
            for span in first.values()
        ]
        links = [link for link in labelled.links if link.id not in parted]
        return Kept(labelled._replace(links=links), losses)

    @contextmanager
    def opened(self, target: Path) -> Iterator[Prove]:
        """Yield what writes the parts of an article that was just kept, and reads them again."""
        sha256 = hashlib.sha256()
        with target.open("wb") as file:

            def prove(labelled: LabelledArticle) -> Iterator[Found]:
                self._divided += len(self._parts) > 1
                back: list[Found] = []
                for part in self._parts:
                    raw = self._example(part_of(labelled, part))
                    file.write(raw)
                    sha256.update(raw)
                    back += _read_line(Line(target.name, orjson.loads(raw)))
                return _rejoined(back)

            yield prove
        self.digests[target.name] = sha256.hexdigest()
        self.settings = self._settings()

    def _example(self, labelled: LabelledArticle) -> bytes:
        """Return the line of a part."""
        self._asked.add(self._language)
        wanted = answer(labelled, self.corpus.scheme)
        messages = {
            "system": self._prompts[self._language],
            "user": labelled.article.text,
            "assistant": json.dumps(wanted, ensure_ascii=False),
        }
        rows = [{"role": role, "content": content} for role, content in messages.items()]
        line = json.dumps({"messages": rows}, ensure_ascii=False)
        return f"{line.translate(_LINE_ENDS)}\n".encode()

    def _settings(self) -> dict[str, str]:
        asked = ", ".join(sorted(self._asked))
        return {
            "prompt": f"{TEMPLATE} {asked}".strip(),
            "tokenizer": tokens.TOKENISER,
            "most tokens": str(MOST_TOKENS),
            "divided": str(self._divided),
        }


def _rejoined(found: list[Found]) -> Iterator[Found]:
    """Yield the parts of an article as one again, and what was wrong with them."""
    text = ""
    spans: list[Span] = []
    links: list[Link] = []
    for each in found:
        if isinstance(each, LabelledArticle):
            at = len(text)
            spans += (
                span._replace(start=span.start + at, end=span.end + at) for span in each.spans
            )
            links += each.links
            text += each.article.text
        else:
            yield each
    yield LabelledArticle(Article("", text), spans, links)


def recognises(path: Path, head: bytes) -> bool:
    """Tell chats by the messages of their first line."""
    return isinstance(first_record(path, head).get("messages"), list)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    item = _("an item of the answer")
    holds: MappingProxyType[Part, str] = MappingProxyType(
        {
            "overlaps": item,
            "fragments": _("a list of strings"),
            "links": _("roles of an item, and the list “links”"),
            "attributes": item,
        }
    )
    return (
        Format(
            "chat",
            _("Chats for fine-tuning"),
            _(
                "JSON lines of an instruction, an article and the answer wanted, its words as they stand in "
                "the text; articles without annotations are examples too. Holds no notes, entities or dates."
            ),
            (".jsonl",),
            read=read_chat,
            writer=ChatWriter,
            one_file=True,
            holds=holds,
            recognises=recognises,
        ),
    )
