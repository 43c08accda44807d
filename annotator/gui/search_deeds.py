"""What is done to many results at once: each one deed, named with its count, beside the window if large."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QLocale

from annotator.core.model import Entity
from annotator.core.scheme import Label, Scheme
from annotator.gui.article.deeds import defaults
from annotator.gui.background import Background
from annotator.gui.bulk_writing import Write, write_many
from annotator.gui.entity_deeds import short
from annotator.gui.session import Session
from annotator.language import _, n_
from annotator.store import entities, many, places
from annotator.store.deed import Deed
from annotator.store.many import Value, Written
from annotator.store.places import Place
from annotator.store.search.finding import Hit


class SearchDeeds:
    """Works on hits. What is done to annotations passes over words that are none, and says so."""

    def __init__(self, session: Session, background: Background) -> None:
        self._session = session
        self._background = background

    def label(self, hits: Sequence[Hit], label: Label) -> None:
        """Give annotations another label; words that are none become annotations."""
        ids, free = annotations_of(hits), places_of(hits)
        if not ids and not free:
            self._session.told.emit(_("These are whole articles: search for words to label them."))
            return
        title = (
            n_("Label {n} place {label}", "Label {n} places {label}", len(hits))
            if free
            else n_("Relabel {n} as {label}", "Relabel {n} as {label}", len(hits))
        )
        write = partial(_label, ids, free, label.id, defaults(label))
        self._do(title.format(n=len(hits), label=label.name), write, len(hits), _changed)

    def accept(self, hits: Sequence[Hit]) -> None:
        """Stand behind suggestions, with their parts."""
        ids = annotations_of(hits)
        title = n_("Accept {n} suggestion", "Accept {n} suggestions", len(ids))
        self._annotations(title.format(n=len(ids)), partial(_accept, ids), ids, _accepted)

    def reject(self, hits: Sequence[Hit]) -> None:
        """Turn suggestions down, with their parts."""
        ids = annotations_of(hits)
        title = n_("Reject {n} suggestion", "Reject {n} suggestions", len(ids))
        self._annotations(title.format(n=len(ids)), partial(_reject, ids), ids, _rejected)

    def remove(self, hits: Sequence[Hit]) -> None:
        """Take annotations away."""
        ids = annotations_of(hits)
        title = n_("Remove {n} annotation", "Remove {n} annotations", len(ids))
        self._annotations(title.format(n=len(ids)), partial(_remove, ids), ids, _removed)

    def set_attribute(self, hits: Sequence[Hit], name: str, value: Value) -> None:
        """Set an attribute of annotations, or take it away with None."""
        ids = annotations_of(hits)
        title = n_("Set {name} of {n} annotation", "Set {name} of {n} annotations", len(ids))
        title = title.format(n=len(ids), name=name)
        self._annotations(title, partial(_set_attribute, ids, name, value), ids, _changed)

    def give(self, hits: Sequence[Hit], entity: Entity | None, *, is_new: bool) -> None:
        """Let annotations refer to an entity, which joins the register if it is new, or to nobody."""
        ids = annotations_of(hits)
        title = (
            n_("Refer {n} mention to {name}", "Refer {n} mentions to {name}", len(ids))
            if entity
            else n_("Let {n} mention refer to nobody", "Let {n} mentions refer to nobody", len(ids))
        ).format(n=len(ids), name=short(entity.name) if entity else "")
        self._annotations(title, partial(_give, ids, entity, is_new), ids, _changed)

    def _annotations(
        self,
        title: str,
        write: Write[Written],
        ids: Sequence[str],
        told: Callable[[int], str],
    ) -> None:
        if not ids:
            self._session.told.emit(not_annotated())
            return
        self._do(title, write, len(ids), told)

    def _do(self, name: str, write: Write[Written], count: int, told: Callable[[int], str]) -> None:
        title = _("Writing to many annotations")
        then = partial(self._tell, told)
        write_many(self._session, self._background, name, title, write, count, then)

    def _tell(self, told: Callable[[int], str], written: Written) -> None:
        said = told(written.done)
        if written.passed:
            said += " " + n_(
                "{n} was passed over: not as it was, or so already.",
                "{n} were passed over: not as they were, or so already.",
                written.passed,
            ).format(n=QLocale().toString(written.passed))
        self._session.told.emit(said)


def not_annotated() -> str:
    """Return what is said where annotations are needed and there are none."""
    return _("No annotation is among these: label the words first.")


def annotations_of(hits: Sequence[Hit]) -> list[str]:
    """Return the ids of the annotations among results."""
    return [hit.annotation for hit in hits if hit.annotation]


def places_of(hits: Sequence[Hit]) -> list[Place]:
    """Return the words among results that are no annotation."""
    return [
        Place(hit.article, hit.start, hit.end)
        for hit in hits
        if not hit.annotation and hit.end > hit.start
    ]


def _label(
    ids: Sequence[str],
    free: Sequence[Place],
    label_id: str,
    attributes: Mapping[str, str],
    deed: Deed,
    scheme: Scheme,
) -> Written:
    one = many.relabel(deed, scheme, ids, label_id) if ids else Written(0, 0)
    other = places.label(deed, scheme, label_id, free, attributes) if free else Written(0, 0)
    return Written(one.done + other.done, one.passed + other.passed)


def _accept(ids: Sequence[str], deed: Deed, _scheme: Scheme) -> Written:
    return many.accept(deed, ids)


def _reject(ids: Sequence[str], deed: Deed, _scheme: Scheme) -> Written:
    return many.reject(deed, ids)


def _remove(ids: Sequence[str], deed: Deed, _scheme: Scheme) -> Written:
    return many.remove(deed, ids)


def _set_attribute(
    ids: Sequence[str], name: str, value: Value, deed: Deed, scheme: Scheme
) -> Written:
    return many.set_attribute(deed, scheme, ids, name, value)


def _give(
    ids: Sequence[str], entity: Entity | None, is_new: bool, deed: Deed, _scheme: Scheme
) -> Written:
    if entity and is_new:
        entities.add(deed, entity)
    return many.set_entity(deed, ids, entity.id if entity else None)


def _changed(count: int) -> str:
    return n_("{n} changed.", "{n} changed.", count).format(n=QLocale().toString(count))


def _accepted(count: int) -> str:
    told = n_("{n} suggestion accepted.", "{n} suggestions accepted.", count)
    return told.format(n=QLocale().toString(count))


def _rejected(count: int) -> str:
    told = n_("{n} suggestion rejected.", "{n} suggestions rejected.", count)
    return told.format(n=QLocale().toString(count))


def _removed(count: int) -> str:
    told = n_("{n} annotation removed.", "{n} annotations removed.", count)
    return told.format(n=QLocale().toString(count))
