"""How the names in files become labels, link types and entities of a project."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.core.corpus import Foundation, LabelledArticle
from annotator.core.model import Entity, Problem
from annotator.core.scheme import Label, LinkType, Scheme, free_key, new_label
from annotator.language import _
from annotator.store import bulk, entities, labels
from annotator.store.deed import Deed


class Adoption:
    """Finds or makes what the annotations of an import refer to, within one deed."""

    def __init__(self, deed: Deed, scheme: Scheme, register: Iterable[Entity]) -> None:
        self._deed = deed
        self._scheme = scheme
        self._register = {entity.id: entity for entity in register}
        self._ids: dict[str, str] = {}
        self.labels_added: list[str] = []
        self.problems: list[Problem] = []

    def adopt(self, labelled: LabelledArticle) -> LabelledArticle:
        """Return an article whose labels are ids of the project's, new ones included."""
        ids = self._ids
        spans = []
        for span in labelled.spans:
            label = ids.get(span[1]) or self._label(span[1])
            entity = span[8]
            if entity is not None and entity not in self._register:
                self._miss_entity(labelled.place, entity)
                entity = None
            spans.append(span._replace(label=label, entity=entity))
        return labelled._replace(spans=spans)

    def found(self, foundation: Foundation) -> None:
        """Take over the scheme and entities of a file: whole in a new project, else what is missing."""
        if foundation.scheme.labels and bulk.is_new(self._deed) and not self._ids:
            labels.replace_scheme(self._deed, self._scheme, foundation.scheme)
            self._scheme = foundation.scheme
        self._ids.update((label.name, self._same(label).id) for label in foundation.scheme.labels)
        ids = {label.id: self._ids[label.name] for label in foundation.scheme.labels}
        for link in foundation.scheme.links:
            self._add_link_type(link, ids)
        for entity in foundation.entities:
            if entity.id not in self._register:
                entities.add(self._deed, entity)
                self._register[entity.id] = entity

    def _label(self, name: str) -> str:
        label = self._scheme.by_name(name.strip()) or self._add(
            new_label(self._scheme, name.strip())
        )
        self._ids[name] = label.id
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

    def _miss_entity(self, place: str, entity: str) -> None:
        self.problems.append(
            Problem(
                place,
                _("The entity {id} is in no register; the annotation came without it.").format(
                    id=entity
                ),
            )
        )
