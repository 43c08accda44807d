"""All that the painter needs to know of the open article, and nothing of how it came about."""

from dataclasses import dataclass, field

from annotator.core.scheme import Label, Scheme
from annotator.core.text import Utf16
from annotator.gui.article.find import Search
from annotator.gui.article.links import LinkIndex
from annotator.gui.article.shown import Shown, shown
from annotator.gui.article.spans import Span, SpanIndex, reading_order
from annotator.gui.theme import Theme

BLOCK = 240
"""Spans longer than this, in code points, are painted as a block with a bracket, whatever their label."""

UNKNOWN = Label("", "?", colour="grey")


def label_of(scheme: Scheme, label_id: str) -> Label:
    """Return a label, or what stands for one that has gone."""
    try:
        return scheme.label(label_id)
    except KeyError:
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Numbered:
    """A stretch of words that a digit would take, such as a likely speaker of the frame at work."""

    number: int
    start: int
    end: int


@dataclass(slots=True)
class Scene:
    """The open article as it stands on the screen.

    `frame` is the annotation whose slots are being worked on: its links are drawn, unless all are to
    be seen. `preview` are the spans of the selected annotation while an edge of it is being dragged.
    Offsets are code points.
    """

    theme: Theme
    scheme: Scheme
    text: str = ""
    content: Shown = field(default_factory=lambda: shown(""))
    utf16: Utf16 = field(default_factory=lambda: Utf16(""))
    index: SpanIndex = field(default_factory=SpanIndex)
    selected: str = ""
    hovered: str = ""
    preview: tuple[Span, ...] = ()
    selection: tuple[int, int] = (0, 0)
    caret: int = 0
    token: tuple[int, int] | None = None
    has_focus: bool = False
    links: LinkIndex = field(default_factory=lambda: LinkIndex(lambda _ids: []))
    frame: str = ""
    shows_all_links: bool = False
    numbered: tuple[Numbered, ...] = ()
    search: Search | None = None

    def label(self, label_id: str) -> Label:
        """Return a label of the scheme; one that has gone is shown as "?"."""
        return label_of(self.scheme, label_id)

    def style(self, label_id: str) -> int:
        """Return the number of a label in the scheme, which gives it a way of underlining."""
        return next((i for i, label in enumerate(self.scheme.labels) if label.id == label_id), 0)

    def between(self, start: int, end: int) -> list[Span]:
        """Return the spans to show in `[start, end)`, in reading order."""
        spans = self.index.between(start, end)
        if self.preview:
            moved = self.preview[0].annotation
            spans = [span for span in spans if span.annotation != moved]
            spans += [span for span in self.preview if span.start < end and span.end > start]
            spans.sort(key=reading_order)
        return spans

    def of(self, annotation: str) -> list[Span]:
        """Return the spans to show of an annotation, in text order."""
        if self.preview and self.preview[0].annotation == annotation:
            return list(self.preview)
        return list(self.index.of(annotation))

    def is_block(self, span: Span) -> bool:
        """Whether a span is painted as a tinted block with a bracket rather than as a chip."""
        return bool(self.label(span.label).slots) or span.end - span.start > BLOCK

    @property
    def centre(self) -> str:
        """The annotation that stands out with all it is linked to: the frame at work, else the selected."""
        return self.frame or self.selected

    @property
    def related(self) -> dict[str, str]:
        """The annotations linked to the one at the centre, with the type of their link."""
        centre, others = self.centre, {}
        for link in self.links.of(centre):
            others[link.to_id if link.from_id == centre else link.from_id] = link.type
        return others

    def role(self, annotation: str) -> str:
        """Return which slots an annotation fills, "" for none; that of the frame at work comes first."""
        links = sorted(self.links.frames(annotation), key=lambda link: link.from_id != self.frame)
        return ", ".join(dict.fromkeys(link.type for link in links))
