"""How the names in files become labels, link types and entities of a project."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from annotator.core.corpus import Foundation, LabelledArticle
from annotator.core.model import Entity, Problem, Remark
from annotator.core.scheme import Label, LinkType, Scheme, free_key, new_label
from annotator.language import _
from annotator.store import bulk, entities, labels, precedents
from annotator.store.deed import Deed


class Adoption:
    """Finds or makes what the annotations of an import refer to, within one deed.

    `names` says which label of the project a label of the file becomes, "" for none: then its
    annotations stay behind. `ids` gives the id of the label for each name met so far, `skipped` how
    many annotations stayed behind.
    """

    def __init__(
        self, deed: Deed, scheme: Scheme, register: Iterable[Entity], names: Mapping[str, str]
    ) -> None:
        self._deed = deed
        self._names = names
        self.skipped: Counter[str] = Counter()
        self._scheme = scheme
        self._register = {entity.id: entity for entity in register}
        self.ids: dict[str, str] = {}
        self.labels_added: list[str] = []
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []

    def adopt(self, labelled: LabelledArticle) -> LabelledArticle:
        """See that there is a label for each name in an article, and an entity for each id."""
        if self._names:
            labelled = self._without_skipped(labelled)
        for name in {span.label for span in labelled.spans}:
            if name not in self.ids:
                self._label(name)
        missing = {span.entity for span in labelled.spans} - {None} - self._register.keys()
        if not missing:
            return labelled
        for entity in missing:
            self._miss_entity(labelled.place, entity)
        return labelled._replace(
            spans=[
                span._replace(entity=None) if span.entity in missing else span
                for span in labelled.spans
            ]
        )

    def found(self, foundation: Foundation) -> None:
        """Take over the scheme and entities of a file: whole in a new project, else what is missing."""
        is_whole = bulk.is_new(self._deed) and not self.ids and not self._names
        if foundation.scheme.labels and is_whole:
            labels.replace_scheme(self._deed, self._scheme, foundation.scheme)
            self._scheme = foundation.scheme
        wanted = [label for label in foundation.scheme.labels if self._ours(label.name) is not None]
        self.ids.update((label.name, self._same(label).id) for label in wanted)
        ids = {label.id: self.ids[label.name] for label in wanted}
        for link in foundation.scheme.links:
            self._add_link_type(link, ids)
        for entity in foundation.entities:
            self._entity(entity, foundation.place)
        precedents.bring_in(self._deed, foundation.scheme.precedents, ids)

    def _entity(self, entity: Entity, place: str) -> None:
        """Add an entity, or say that the one of this id stays as it is."""
        ours = self._register.setdefault(entity.id, entity)
        if ours is entity:
            entities.add(self._deed, entity)
        elif _says_otherwise(entity, ours):
            told = _("The entity “{name}” is described otherwise in the project, and stays so.")
            self.remarks.append(Remark(place, told.format(name=ours.name)))

    def _ours(self, name: str) -> str | None:
        """Return the name that a label of the file has in the project, None when it is skipped."""
        return self._names.get(name.strip(), name.strip()) or None

    def _without_skipped(self, labelled: LabelledArticle) -> LabelledArticle:
        """Return an article without the annotations whose label is skipped, nor their links."""
        out = [span for span in labelled.spans if self._ours(span.label) is None]
        if not out:
            return labelled
        self.skipped.update(span.label for span in out if span.n == 0)
        stay = [span for span in labelled.spans if self._ours(span.label) is not None]
        ids = {span.annotation for span in stay}
        links = [link for link in labelled.links if {link.from_id, link.to_id} <= ids]
        return labelled._replace(spans=stay, links=links)

    def _label(self, name: str) -> str:
        ours = self._ours(name)
        assert ours is not None
        label = self._scheme.by_name(ours) or self._add(new_label(self._scheme, ours))
        self.ids[name] = label.id
        return label.id

    def _same(self, theirs: Label) -> Label:
        """Return our label of the same name, else of the same id (one was renamed), else a new one."""
        name = self._ours(theirs.name) or theirs.name
        ours = self._scheme.by_name(name) or next(
            (label for label in self._scheme.labels if label.id == theirs.id), None
        )
        if ours:
            return ours
        taken = theirs.key and self._scheme.by_key(theirs.key)
        key = free_key(self._scheme, name) if taken and not theirs.retired else theirs.key
        return self._add(replace(theirs, name=name, key=key))

    def _add(self, label: Label) -> Label:
        labels.add(self._deed, label)
        self._scheme = replace(self._scheme, labels=(*self._scheme.labels, label))
        self.labels_added.append(label.name)
        return label

    def _add_link_type(self, link: LinkType, ids: dict[str, str]) -> None:
        if any(ours.name == link.name for ours in self._scheme.links):
            return
        link = replace(
            link,
            from_labels=tuple(ids.get(label, label) for label in link.from_labels),
            to_labels=tuple(ids.get(label, label) for label in link.to_labels),
        )
        labels.add_link_type(self._deed, link)
        self._scheme = replace(self._scheme, links=(*self._scheme.links, link))

    def _miss_entity(self, place: str, entity: str | None) -> None:
        self.problems.append(
            Problem(
                place,
                _("The entity {id} is in no register; the annotation came without it.").format(
                    id=entity
                ),
            )
        )


def _says_otherwise(theirs: Entity, ours: Entity) -> bool:
    """Tell whether a file says of an entity what the project does not; it may say less."""
    silent = Entity(theirs.id, "")
    return any(
        getattr(theirs, field.name) not in (getattr(silent, field.name), getattr(ours, field.name))
        for field in fields(Entity)
    )
