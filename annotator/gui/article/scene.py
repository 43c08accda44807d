"""All that the painter needs to know of the open article, and nothing of how it came about."""

from dataclasses import dataclass, field

from annotator.core.model import Link
from annotator.core.scheme import Label, Scheme
from annotator.core.text import Utf16
from annotator.gui.article.find import Search
from annotator.gui.article.shown import Shown, shown
from annotator.gui.article.spans import Span, SpanIndex, reading_order
from annotator.gui.theme import Theme

BLOCK = 240
"""Spans longer than this, in code points, are painted as a block with a bracket, whatever their label."""

UNKNOWN = Label("", "?", colour="grey")


@dataclass(slots=True)
class Scene:
    """The open article as it stands on the screen.

    `preview` are the spans of the selected annotation while an edge of it is being dragged.
    `links` are those of the selected annotation, `all_links` every one when all are to be seen.
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
    links: tuple[Link, ...] = ()
    all_links: tuple[Link, ...] = ()
    search: Search | None = None

    def label(self, label_id: str) -> Label:
        """Return a label of the scheme; one that has gone is shown as "?"."""
        try:
            return self.scheme.label(label_id)
        except KeyError:
            return UNKNOWN

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
    def related(self) -> dict[str, str]:
        """The annotations linked to the selected one, with the type of their link."""
        others = {}
        for link in self.links:
            others[link.to_id if link.from_id == self.selected else link.from_id] = link.type
        return others
