"""How the names in files become labels, link types and entities of a project."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.core.corpus import Foundation, LabelledArticle
from annotator.core.model import Entity, Problem, Remark
from annotator.core.scheme import Label, LinkType, Scheme, free_key, new_label
from annotator.language import _
from annotator.store import bulk, entities, labels
from annotator.store.deed import Deed


class Adoption:
    """Finds or makes what the annotations of an import refer to, within one deed.

    `ids` gives the id of the label for each name met so far.
    """

    def __init__(self, deed: Deed, scheme: Scheme, register: Iterable[Entity]) -> None:
        self._deed = deed
        self._scheme = scheme
        self._register = {entity.id: entity for entity in register}
        self.ids: dict[str, str] = {}
        self.labels_added: list[str] = []
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []

    def adopt(self, labelled: LabelledArticle) -> LabelledArticle:
        """See that there is a label for each name in an article, and an entity for each id."""
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
        if foundation.scheme.labels and bulk.is_new(self._deed) and not self.ids:
            labels.replace_scheme(self._deed, self._scheme, foundation.scheme)
            self._scheme = foundation.scheme
        self.ids.update((label.name, self._same(label).id) for label in foundation.scheme.labels)
        ids = {label.id: self.ids[label.name] for label in foundation.scheme.labels}
        for link in foundation.scheme.links:
            self._add_link_type(link, ids)
        for entity in foundation.entities:
            self._entity(entity, foundation.place)

    def _entity(self, entity: Entity, place: str) -> None:
        """Add an entity, or say that the one of this id stays as it is."""
        ours = self._register.setdefault(entity.id, entity)
        if ours is entity:
            entities.add(self._deed, entity)
        elif ours != entity:
            told = _("The entity “{name}” is described otherwise in the project, and stays so.")
            self.remarks.append(Remark(place, told.format(name=ours.name)))

    def _label(self, name: str) -> str:
        label = self._scheme.by_name(name.strip()) or self._add(
            new_label(self._scheme, name.strip())
        )
        self.ids[name] = label.id
        return label.id

    def _same(self, theirs: Label) -> Label:
        """Return our label of the same name, else of the same id (one was renamed), else a new one."""
        ours = self._scheme.by_name(theirs.name) or next(
            (label for label in self._scheme.labels if label.id == theirs.id), None
        )
        if ours:
            return ours
        taken = theirs.key and self._scheme.by_key(theirs.key)
        key = free_key(self._scheme, theirs.name) if taken and not theirs.retired else theirs.key
        return self._add(replace(theirs, key=key))

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
