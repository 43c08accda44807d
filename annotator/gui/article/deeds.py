"""What the article view asks of the session: each function is one deed, named as the history will say it."""

from collections.abc import Sequence

from annotator.core.model import AnnotationState, Article
from annotator.core.scheme import Attribute, Label
from annotator.gui.session import Session
from annotator.language import _
from annotator.store import annotations, frames

Range = tuple[int, int]
"""A `[start, end)` in code points."""


def add(session: Session, article: Article, label: Label, ranges: Sequence[Range]) -> str | None:
    """Label these ranges; the annotation's id, or None when the deed was refused."""
    return session.do(
        _("Label {label}").format(label=label.name),
        lambda deed: annotations.add(deed, article, label.id, ranges, attributes=defaults(label)),
    )


def relabel(session: Session, annotation_id: str, label: Label) -> None:
    """Give an annotation another label."""
    session.do(
        _("Relabel as {name}").format(name=label.name),
        lambda deed: annotations.relabel(deed, annotation_id, label.id),
    )


def set_ranges(
    session: Session, article: Article, annotation_id: str, ranges: Sequence[Range], name: str
) -> None:
    """Give an annotation other boundaries; ranges that touch become one."""
    session.do(name, lambda deed: annotations.set_ranges(deed, article, annotation_id, ranges))


def remove(session: Session, annotation_id: str, label: Label) -> None:
    """Remove an annotation with its links, and with it what was made for its slots alone."""
    session.do(
        _("Remove {label}").format(label=label.name),
        lambda deed: frames.remove(deed, annotation_id),
    )


def settle(session: Session, annotation_ids: Sequence[str], state: AnnotationState) -> None:
    """Accept or reject suggestions, each with its parts."""
    if state is AnnotationState.ACCEPTED:
        session.do(_("Accept"), lambda deed: frames.accept(deed, annotation_ids))
    else:
        session.do(_("Reject"), lambda deed: frames.reject(deed, annotation_ids))


def toggle(session: Session, annotation_id: str, attribute: str, value: str | bool) -> None:
    """Give an annotation a value, or take it away if it has just this one."""
    annotation = session.annotation(annotation_id)
    if annotation is None:
        return
    new = None if annotation.attributes.get(attribute) == value else value
    name = _("Set {attribute}") if new is not None else _("Clear {attribute}")
    session.do(
        name.format(attribute=attribute),
        lambda deed: annotations.set_attribute(deed, annotation_id, attribute, new),
    )


def step(session: Session, annotation_id: str, attribute: Attribute) -> None:
    """Toggle a flag; give a choice its next value, and none after the last."""
    annotation = session.annotation(annotation_id)
    if annotation is None:
        return
    if attribute.kind == "flag":
        toggle(session, annotation_id, attribute.name, True)
        return
    values = attribute.values
    present = annotation.attributes.get(attribute.name)
    place = values.index(present) + 1 if present in values else 0
    # Choosing the present value again takes it away.
    toggle(
        session, annotation_id, attribute.name, values[place] if place < len(values) else values[-1]
    )


def defaults(label: Label) -> dict[str, str]:
    """Return the values that annotations of a label have at first."""
    return {
        each.name: each.default
        for each in label.attributes
        if each.default and each.kind == "choice"
    }
