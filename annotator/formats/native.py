"""Our own JSON lines, annotator-jsonl/1: all that a project holds, one article a line."""

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any, get_args

from annotator.core.corpus import Found, Foundation, LabelledArticle, Span, Textless
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Part, Reading
from annotator.core.ids import new_id
from annotator.core.metadata import FIELDS
from annotator.core.model import AnnotationState, Article, ArticleState, Entity, Link, Problem
from annotator.core.scheme import scheme_from_dict
from annotator.core.text import LineEnds, digest
from annotator.formats.lines import Line, Opened, json_lines, read_opened
from annotator.formats.native_writer import VERSION, NativeWriter
from annotator.formats.records import read_json_lines
from annotator.formats.spans import json_text
from annotator.language import _

NAME = "jsonl"

_ARTICLE_STATES = {state.value: state for state in ArticleState}
_STATES = frozenset(state.value for state in AnnotationState)
SETTLED = ("", "unchanged", "changed")
"""What may be said of a suggestion that was accepted."""
_GENDERS = frozenset(("female", "male", "other", "unknown", "not applicable"))


_STRINGS = (
    *("id", "label", "state", "note"),
    *("annotator", "origin", "reason", "created", "updated", "settled"),
)
_ONLY_STRINGS = {str}
_USUAL = itemgetter(
    *("id", "label", "fragments", "text", "attributes", "note", "entity"),
    *("annotator", "origin", "state"),
)
_USUAL_KEYS = 10


class _Wrong(ValueError):
    """A part of a line that is not as the format says: the sentence tells what."""


def is_native(path: Path) -> bool:
    """Tell by its first bytes whether a file is in this format."""
    try:
        with path.open("rb") as file:
            return b'"annotator-jsonl/' in file.read(200)
    except OSError:
        return False


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the scheme and entities if the file has them, then its articles.

    A file of JSON lines that is not ours is read as records.
    """
    return read_opened(path, _read, how) if is_native(path) else read_json_lines(path, how)


def _read(opened: Opened, name: str) -> Iterator[Found]:
    for line in json_lines(opened, name, _count_keys):
        if isinstance(line, Problem):
            yield line
        else:
            yield from read_line(line)


def read_line(line: Line) -> Iterator[Found]:
    """Yield what one line holds."""
    place, value = line
    if not isinstance(value, dict) or value.get("format") != VERSION:
        yield Problem(place, _("Not a line of {version}.").format(version=VERSION))
        return
    if "project" in value:
        try:
            yield _foundation(value["project"], place)
        except (_Wrong, UserError, KeyError, TypeError, ValueError, AttributeError) as error:
            yield Problem(place, _("The scheme cannot be read: {reason}").format(reason=error))
        if "text" not in value and "annotations" not in value:
            return
    textless = _textless(value, place)
    if textless:
        yield textless
        return
    try:
        yield from _labelled(value, place)
    except _Wrong as wrong:
        yield Problem(place, str(wrong))


def _count_keys(value: Any) -> int:
    """Count the keys of a line as it usually is, without looking into what rarely has any."""
    if type(value) is not dict:
        return 0
    meta = value.get("meta")
    count = len(value) + (len(meta) if type(meta) is dict else 0)
    for key in ("annotations", "links"):
        rows = value.get(key)
        for row in rows if type(rows) is list else ():
            if type(row) is dict:
                attributes = row.get("attributes")
                count += len(row) + (len(attributes) if type(attributes) is dict else 0)
    return count


def _textless(value: Mapping[str, Any], place: str) -> Textless | None:
    """Return an article that went out without its text, None for any other line."""
    sha256 = value.get("sha256")
    if "text" in value or not isinstance(sha256, str) or "annotations" not in value:
        return None

    def restore(text: str) -> Iterator[LabelledArticle | Problem]:
        try:
            yield from _labelled({**value, "text": text}, place)
        except _Wrong as wrong:
            yield Problem(place, str(wrong))

    return Textless(sha256, restore, place)


def _labelled(value: Mapping[str, Any], place: str) -> Iterator[LabelledArticle | Problem]:
    raw = _string(value, "text")
    if not raw.strip():
        raise _Wrong(_("Its text is empty."))
    if value.get("sha256") not in (None, digest(raw)):
        yield Problem(
            place,
            _(
                "The text is not the one its checksum was made of; check the file. It was read as it is."
            ),
        )
    ends = LineEnds(raw)
    problems: list[str] = []
    article = _article(value, ends.text, problems)
    move = _as_is if ends.text is raw else ends.offset
    spans = _spans(value.get("annotations"), article.text, move, problems)
    links = _links(value.get("links"), {span.annotation for span in spans}, problems)
    seconds = _seconds(value.get("seconds"), problems)
    yield from (Problem(place, problem) for problem in problems)
    yield LabelledArticle(article, spans, links, seconds, place)


def _article(value: Mapping[str, Any], text: str, problems: list[str]) -> Article:
    meta = value.get("meta")
    if not isinstance(meta, dict):
        meta = {}
        if "meta" in value:
            problems.append(
                _("“{key}” is not as it should be; it was left out.").format(key="meta")
            )
    known = {name: meta[name] for name in FIELDS if isinstance(meta.get(name), str)}
    state = value.get("state", "todo")
    if not isinstance(state, str) or state not in _ARTICLE_STATES:
        problems.append(_("The state “{state}” is unknown; “todo” was taken.").format(state=state))
    return Article(
        _string(value, "id", optional=True) or new_id(),
        text,
        **known,
        meta={
            f"{name}_as_given" if name in FIELDS else name: each
            for name, each in meta.items()
            if name not in known
        },
        state=_ARTICLE_STATES.get(str(state), ArticleState.TODO),
    )


def _spans(rows: Any, text: str, move: Callable[[int], int], problems: list[str]) -> list[Span]:
    spans: list[Span] = []
    ids: set[str] = set()
    for number, row in enumerate(_list(rows, "annotations", problems), start=1):
        span = _usual_span(row, text) if move is _as_is else None
        if span and span.annotation not in ids:
            ids.add(span.annotation)
            spans.append(span)
            continue
        try:
            annotation = _annotation(row, text, move)
            if annotation[0].annotation in ids:
                raise _Wrong(_("its id stands twice."))
        except _Wrong as wrong:
            problems.append(_("Annotation {number}: {reason}").format(number=number, reason=wrong))
            continue
        ids.add(annotation[0].annotation)
        spans += annotation
    return spans


def _usual_span(row: Any, text: str) -> Span | None:
    """Return an annotation as most are: whole, in one fragment, without attributes; None for any other.

    The short way, for files with hundreds of thousands of them.
    """
    try:
        id_, label, fragments, said, attributes, note, entity, annotator, origin, state = _USUAL(
            row
        )
        ((start, end),) = fragments
    except (KeyError, TypeError, ValueError):
        return None
    score, reason, created, updated, settled = None, "", "", "", ""
    if len(row) > _USUAL_KEYS:
        get = row.get
        score, reason = get("score"), get("reason", "")
        created, updated, settled = get("created", ""), get("updated", ""), get("settled", "")
    if not (
        type(start) is type(end) is int
        and 0 <= start < end <= len(text)
        and text[start:end] == said
        and attributes == {}
        and score is entity is None
        and type(id_) is type(label) is type(note) is type(annotator) is str
        and type(origin) is type(state) is type(reason) is type(created) is type(updated) is str
        and settled in SETTLED
        and id_
        and origin
        and state in _STATES
        and not label.isspace()
        and label
    ):
        return None
    parts = (id_, label, 0, start, end, said, "{}", note, None, annotator, origin, state)
    return Span(*parts, score, reason, created, updated, settled)


def _annotation(row: Any, text: str, move: Callable[[int], int]) -> list[Span]:
    if type(row) is not dict:
        raise _Wrong(_("it is not an object."))
    get = row.get
    said = [get(key, "") for key in _STRINGS]
    if set(map(type, said)) != _ONLY_STRINGS:
        said = [_string(row, key, optional=key != "label") for key in _STRINGS]
    identity, label, state, note, annotator, origin, reason, created, updated, settled = said
    entity, score, attributes = get("entity"), get("score"), get("attributes")
    if not label or label.isspace():
        raise _Wrong(_("it has no label."))
    if state not in _STATES and state:
        raise _Wrong(_("the state “{state}” is unknown.").format(state=state))
    if settled not in SETTLED:
        raise _Wrong(_("“{word}” is no way to settle a suggestion.").format(word=settled))
    if entity is not None and type(entity) is not str:
        raise _Wrong(_("its entity is not an id."))
    if score is not None and type(score) not in (float, int):
        raise _Wrong(_("its score is not a number."))
    shared = (
        "{}" if attributes is None or attributes == {} else _attributes(attributes),
        note,
        entity or None,
        annotator,
        origin or "import",
        state or "accepted",
        score,
        reason,
        created,
        updated,
        settled,
    )
    identity = identity or new_id()
    spans = [
        Span(identity, label, n, start, end, text[start:end], *shared)
        for n, (start, end) in enumerate(_fragments(get("fragments"), len(text), move))
    ]
    _check_surface(get("text"), spans)
    return spans


def _fragments(given: Any, length: int, move: Callable[[int], int]) -> list[tuple[int, int]]:
    if type(given) is not list or not given:
        raise _Wrong(_("it has no fragments."))
    fragments = []
    last = -1
    for pair in given:
        if (
            type(pair) is not list
            or len(pair) != 2
            or type(pair[0]) is not int
            or type(pair[1]) is not int
        ):
            raise _Wrong(_("a fragment is not [start, end] in whole numbers."))
        start, end = move(pair[0]), move(pair[1])
        if not 0 <= start < end <= length or pair[0] < 0:
            raise _Wrong(
                _(
                    "[{start}, {end}] lies outside the text, which has {length} characters, or is empty."
                ).format(start=pair[0], end=pair[1], length=length)
            )
        if start <= last:
            raise _Wrong(_("its fragments touch, overlap or are out of order."))
        fragments.append((start, end))
        last = end
    return fragments


def _check_surface(said: Any, spans: list[Span]) -> None:
    if said is None or (len(spans) == 1 and said == spans[0].surface):
        return
    found = " … ".join(span.surface for span in spans)
    if said != found and (type(said) is not str or LineEnds(said).text != found):
        raise _Wrong(
            _("the file says “{said}”, but the text there is “{found}”.").format(
                said=str(said)[:40], found=found[:40]
            )
        )


def _links(rows: Any, ids: set[str], problems: list[str]) -> list[Link]:
    links: list[Link] = []
    seen: set[tuple[str, str, str]] = set()
    for number, row in enumerate(_list(rows, "links", problems), start=1):
        try:
            link = _link(row, ids)
            if (link.from_id, link.type, link.to_id) in seen:
                raise _Wrong(_("it stands twice."))
        except _Wrong as wrong:
            problems.append(_("Link {number}: {reason}").format(number=number, reason=wrong))
            continue
        seen.add((link.from_id, link.type, link.to_id))
        links.append(link)
    return links


def _link(row: Any, ids: set[str]) -> Link:
    if not isinstance(row, dict):
        raise _Wrong(_("it is not an object."))
    source, target, kind = _string(row, "from"), _string(row, "to"), _string(row, "type")
    if source not in ids or target not in ids or source == target or not kind.strip():
        raise _Wrong(_("it does not join two different annotations of this article."))
    return Link(
        _string(row, "id", optional=True) or new_id(),
        kind,
        source,
        target,
        _string(row, "annotator", optional=True),
        _string(row, "created", optional=True),
    )


def _seconds(value: Any, problems: list[str]) -> dict[str, float]:
    if value is None:
        return {}
    if isinstance(value, dict):
        sound = {
            name: float(each)
            for name, each in value.items()
            if name and isinstance(each, int | float) and not isinstance(each, bool) and each >= 0
        }
        if len(sound) == len(value):
            return sound
    problems.append(_("“{key}” is not as it should be; it was left out.").format(key="seconds"))
    return {}


def _foundation(value: Any, place: str) -> Foundation:
    if not isinstance(value, dict):
        raise _Wrong(_("it is not an object."))
    entities = value.get("entities", [])
    if not isinstance(entities, list):
        raise _Wrong(_("“entities” is not a list."))
    return Foundation(
        scheme_from_dict(value.get("scheme", {})), tuple(_entity(row) for row in entities), place
    )


def _entity(row: Any) -> Entity:
    if not isinstance(row, dict):
        raise _Wrong(_("an entity is not an object."))
    aliases = row.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise _Wrong(_("the aliases of an entity are not texts."))
    gender = _string(row, "gender", optional=True) or "unknown"
    if gender not in _GENDERS:
        raise _Wrong(_("the gender “{gender}” is unknown.").format(gender=gender))
    name = _string(row, "name")
    if not name:
        raise _Wrong(_("an entity has no name."))
    return Entity(
        _string(row, "id") or new_id(),
        name,
        _string(row, "kind", optional=True),
        tuple(aliases),
        gender,
        _string(row, "role", optional=True),
        _string(row, "external_id", optional=True),
        _string(row, "note", optional=True),
    )


def _attributes(value: Any) -> str:
    if type(value) is not dict:
        raise _Wrong(_("its attributes are not an object."))
    return json_text(value)


def _string(row: Mapping[str, Any], key: str, *, optional: bool = False) -> str:
    value = row.get(key)
    if type(value) is str:
        return value
    if optional and value is None:
        return ""
    raise _Wrong(_("“{key}” is missing or is not a text.").format(key=key))


def _list(value: Any, key: str, problems: list[str]) -> list[Any]:
    if isinstance(value, list):
        return value
    if value is not None:
        problems.append(_("“{key}” is not as it should be; it was left out.").format(key=key))
    return []


def _as_is(offset: int) -> int:
    return offset


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    own = _("a key of its own")
    parts: tuple[Part, ...] = get_args(Part)
    return (
        Format(
            NAME,
            _("Annotator JSONL"),
            _(
                "All that a project holds, without loss: one article a line, with annotations and "
                "links."
            ),
            (".jsonl", ".ndjson"),
            read=read,
            writer=NativeWriter,
            one_file=True,
            is_own=lambda path, _how: is_native(path),
            holds=dict.fromkeys(parts, own),
            can_omit_text=True,
        ),
    )
