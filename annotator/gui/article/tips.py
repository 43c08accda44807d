"""What is said of an annotation while the mouse rests on it."""

from html import escape

from annotator.core.model import Annotation, AnnotationState
from annotator.core.scheme import Label
from annotator.gui.suggester_words import claims_of, origin_name
from annotator.language import _

LONGEST = 200
"""Characters of a note or a text that a tip shows."""


def tip(annotation: Annotation, label: Label) -> str:
    """Return the lines of a tooltip, as HTML: label and attributes, text, note, who made it and how."""
    values = [
        f"{name}: {value}" if not isinstance(value, bool) else name
        for name, value in annotation.attributes.items()
        if value
    ]
    head = " · ".join(escape(part) for part in values)
    lines = [
        f"<b>{escape(label.name)}</b>" + (f" {head}" if head else ""),
        escape(_short(annotation.text)),
    ]
    if annotation.note:
        lines.append(f"<i>{escape(_short(annotation.note))}</i>")
    lines.append(escape(_who(annotation)))
    return "<br>".join(lines)


def _who(annotation: Annotation) -> str:
    if annotation.state is AnnotationState.SUGGESTED:
        names = ", ".join(origin_name(claim.origin) for claim in claims_of(annotation))
        return _("suggested by {origin}").format(origin=names)
    return _("by {annotator}").format(annotator=annotation.annotator or _("somebody unknown"))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
