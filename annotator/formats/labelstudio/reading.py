"""A task of Label Studio into an article: regions, what was answered about them, relations, predictions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.core.corpus import Found, LabelledArticle, Span, by_annotation
from annotator.core.ids import new_id
from annotator.core.model import Article, Entity, Link, Problem
from annotator.core.text import LineEnds
from annotator.formats.continuing import rejoined
from annotator.formats.labelstudio.answers import (
    annotator_of,
    answer_of,
    entities_of,
    labels_of,
    list_in,
    number_of,
    objects_in,
    seconds_of,
    text_of,
    texts_in,
)
from annotator.formats.labelstudio.config import ENTITY, NOTE
from annotator.formats.lines import Line
from annotator.formats.records import described, text_key
from annotator.formats.register import foundation
from annotator.formats.spans import Tally, json_text, unit_where
from annotator.language import _

_SHOWN = 40
_Shape = tuple[str, tuple[tuple[int, int], ...]]
_HTML = frozenset(("hypertextlabels", "paragraphlabels", "timeserieslabels"))


class Answered(NamedTuple):
    """One object of `annotations` or `predictions`: who or what made it, and its result."""

    result: Sequence[Any]
    annotator: str
    origin: str
    state: str
    score: float | None


@dataclass(slots=True)
class Seen:
    """What was passed over or put right in one file, counted, to be told once at its end."""

    tally: Tally = field(default_factory=Tally)
    skipped: int = 0
    drafts: int = 0
    again: int = 0


def read_task(line: Line, file: str, encoding: str, seen: Seen) -> Iterator[Found]:
    """Yield the article of a task, behind what is wrong with it."""
    place, task = line
    data = task.get("data")
    key = text_key(data) if isinstance(data, dict) else ""
    if not isinstance(data, dict) or not isinstance(data.get(key), str):
        yield Problem(place, _("The task has no text under “data”."))
        return
    raw = data[key]
    reading = _Reading(raw, place, seen, entities_of(task))
    answered = list(_answered(task, seen))
    if len(answered) == 1 and reading.raw is reading.text:
        reading.spans = _plain_spans(answered[0], raw) or []
    for each in answered if not reading.spans else ():
        reading.take(each)
    yield from foundation(list(reading.entities.values()), place)
    yield from (Problem(place, told) for told in reading.problems)
    leftover = {name: value for name, value in data.items() if name != key} | reading.meta
    article = described(reading.text, leftover, file, encoding)
    yield LabelledArticle(article, reading.spans, reading.links, seconds_of(task), place)


def count_keys(value: Any) -> int:
    """Count the keys of a task as it usually is, without looking into what rarely has any."""
    try:
        count = len(value) + len(value["data"]) + len(value.get("meta", ()))
        for key in ("annotations", "predictions"):
            for answered in value.get(key, ()):
                count += len(answered)
                for item in answered["result"]:
                    count += len(item) + len(item.get("value", ())) + len(item.get("meta", ()))
    except (TypeError, KeyError, AttributeError):
        return 0
    return int(count)


def _answered(task: Mapping[str, Any], seen: Seen) -> Iterator[Answered]:
    """Yield what people made, then what models did; what was cancelled or is a draft is counted."""
    for key in ("annotations", "completions"):
        for each in objects_in(task.get(key)):
            if each.get("was_cancelled") or each.get("skipped"):
                seen.skipped += 1
            else:
                who = annotator_of(each.get("completed_by"))
                yield Answered(list_in(each.get("result")), who, "import", "accepted", None)
    for each in objects_in(task.get("predictions")):
        origin = each.get("model_version")
        yield Answered(
            list_in(each.get("result")),
            "",
            origin if isinstance(origin, str) and origin else "import",
            "suggested",
            number_of(each.get("score")),
        )
    seen.drafts += len(list_in(task.get("drafts")))


class _Reading:
    """Builds the spans and links of one task; `meta` is what was answered about the whole text."""

    def __init__(self, raw: str, place: str, seen: Seen, entities: Mapping[str, Entity]) -> None:
        self.raw = raw
        self.text = LineEnds(raw).text if "\r" in raw else raw
        self.spans: list[Span] = []
        self.links: list[Link] = []
        self.problems: list[str] = []
        self.meta: dict[str, Any] = {}
        self.entities: dict[str, Entity] = {}
        self._article = Article(place, self.text)
        self._known = entities
        self._seen = seen
        self._standing: dict[_Shape, str] = {}

    def take(self, answered: Answered) -> None:
        """Add what one annotation or prediction has beyond those before it."""
        regions = self._regions(answered)
        ids, spans = self._placed(answered, regions)
        links = self._relations(answered.result, ids)
        part = rejoined(LabelledArticle(self._article, spans, links))
        same: dict[str, str] = {}
        fresh: dict[_Shape, str] = {}
        for group in by_annotation(part.spans):
            shape = group[0].label, tuple((span.start, span.end) for span in group)
            if shape in self._standing:
                same[group[0].annotation] = self._standing[shape]
                self._seen.again += 1
            else:
                # Two of one annotation may be alike; those of different ones are the same.
                fresh[shape] = group[0].annotation
                self.spans += group
        self._standing |= fresh
        self._link(part.links, same)

    def _link(self, links: Sequence[Link], same: Mapping[str, str]) -> None:
        standing = {(link.type, link.from_id, link.to_id) for link in self.links}
        for link in links:
            source, target = same.get(link.from_id, link.from_id), same.get(link.to_id, link.to_id)
            if (link.type, source, target) not in standing:
                standing.add((link.type, source, target))
                self.links.append(Link(link.id, link.type, source, target))

    def _regions(self, answered: Answered) -> dict[str, "_Region"]:
        """Return the regions by id, each with what was answered about it."""
        regions: dict[str, _Region] = {}
        for item in objects_in(answered.result):
            kind, value = text_of(item.get("type")), item.get("value")
            labels = labels_of(item)
            if kind == "relation" or not isinstance(value, dict):
                continue
            id_ = str(item.get("id", ""))
            if kind in _HTML or isinstance(value.get("start"), str):
                told = _(
                    "A region is of HTML, whose offsets are paths: export the project as plain text."
                )
                self.problems.append(told)
            elif labels:
                regions.setdefault(id_, _Region(item)).labels += labels
            elif id_ in regions:
                regions[id_].answers.append(item)
            elif "start" in value:
                regions[id_] = _Region(item, answers=[item])
            else:
                self._about_all(item)
        return regions

    def _placed(
        self, answered: Answered, regions: Mapping[str, "_Region"]
    ) -> tuple[dict[str, str], list[Span]]:
        """Return the annotation of each region by its id, and a span for each of its labels."""
        said = [
            (((region.start, region.end),), region.surface)
            for region in regions.values()
            if region.surface and region.has_place
        ]
        offsets, inclusive = unit_where(said, self.raw, self.text, self._seen.tally)
        ids: dict[str, str] = {}
        spans: list[Span] = []
        for id_, region in regions.items():
            start, end = offsets(region.start), offsets(region.end + inclusive)
            wrong = self._why_not(region, start, end)
            if wrong:
                self.problems.append(_("Region {id}: {reason}").format(id=id_, reason=wrong))
                continue
            for label in dict.fromkeys(region.labels):
                spans.append(self._dressed(answered, region, label, (start, end)))
                ids.setdefault(id_, spans[-1].annotation)
        return ids, spans

    def _why_not(self, region: "_Region", start: int, end: int) -> str:
        if not region.has_place or not 0 <= start < end <= len(self.text):
            return _(
                "it lies outside the text, which has {length} characters, or is empty or reversed."
            ).format(length=len(self.text))
        found = self.text[start:end]
        if region.surface and LineEnds(region.surface).text != found:
            return _("the file says “{said}”, but the text there is “{found}”.").format(
                said=_short(region.surface), found=_short(found)
            )
        return "" if region.labels else _("it has no label.")

    def _dressed(
        self, answered: Answered, region: "_Region", label: str, place: tuple[int, int]
    ) -> Span:
        attributes: dict[str, Any] = {}
        note, entity = region.note, None
        for item in region.answers:
            name, value = answer_of(item)
            control = item.get("from_name")
            if control == NOTE and isinstance(value, str):
                note = value
            elif control == ENTITY and isinstance(value, list):
                entity = self._entity(*value)
            elif value is not None:
                attributes[name] = value
        return Span(
            new_id(),
            label,
            0,
            *place,
            self.text[slice(*place)],
            json_text(attributes) if attributes else "{}",
            note,
            entity,
            region.annotator or answered.annotator,
            answered.origin,
            answered.state,
            answered.score if region.score is None else region.score,
        )

    def _entity(self, name: str, id_: str) -> str:
        self.entities.setdefault(id_, self._known.get(id_) or Entity(id_, name))
        return id_

    def _about_all(self, item: Mapping[str, Any]) -> None:
        """Keep what was answered about the whole text with the metadata."""
        name, value = answer_of(item)
        if value is not None:
            self.meta[name] = value

    def _relations(self, result: Sequence[Any], ids: Mapping[str, str]) -> list[Link]:
        links: dict[tuple[str, str, str], Link] = {}
        for item in objects_in(result):
            if item.get("type") != "relation":
                continue
            source, target = (ids.get(str(item.get(key)), "") for key in ("from_id", "to_id"))
            if not source or not target or source == target:
                told = _("A relation does not join two different regions of this text.")
                self.problems.append(told)
                continue
            if item.get("direction") == "left":
                source, target = target, source
            for type_ in texts_in(item.get("labels")) or ["related"]:
                links[type_, source, target] = Link(new_id(), type_, source, target)
        return list(links.values())


class _Region:
    """A region as the file gives it: offsets in its unit, and what was answered about it."""

    def __init__(
        self, item: Mapping[str, Any], answers: list[Mapping[str, Any]] | None = None
    ) -> None:
        value, meta = item["value"], item.get("meta")
        self.labels: list[str] = []
        self.answers: list[Mapping[str, Any]] = answers or []
        self.has_place = type(value.get("start")) is type(value.get("end")) is int
        self.start: int = value["start"] if self.has_place else -1
        self.end: int = value["end"] if self.has_place else -1
        surface = value.get("text")
        self.surface = surface if isinstance(surface, str) else ""
        self.score = number_of(item.get("score"))
        given = meta if isinstance(meta, dict) else {}
        self.annotator = text_of(given.get("annotator"))
        note = given.get("text")
        self.note = "\n".join(texts_in(note)) if isinstance(note, list) else text_of(note)


def _plain_spans(answered: Answered, text: str) -> list[Span] | None:
    """Return the spans of a result that has nothing but sound regions with one label; None otherwise.

    The short way, for files with hundreds of thousands of them.
    """
    spans = []
    _result, who, origin, state, score = answered
    try:
        for item in answered.result:
            value = item["value"]
            start, end, (label,) = value["start"], value["end"], value["labels"]
            own = item["meta"]["annotator"] if "meta" in item else who
            if (
                item["type"] != "labels"
                or type(start) is not int
                or type(end) is not int
                or not 0 <= start < end
                or text[start:end] != value["text"]
                or end > len(text)
                or not label.strip()
                or type(own) is not str
                or ("meta" in item and len(item["meta"]) > 1)
            ):
                return None
            given = number_of(item["score"]) if "score" in item else score
            parts = (value["text"], "{}", "", None, own, origin, state, given)
            spans.append(Span("", label, 0, start, end, *parts))
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    return spans


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
