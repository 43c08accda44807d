"""What is asked of the session about entities: each function is one deed, named for the history."""

from collections.abc import Iterable, Sequence

from annotator.core.model import Annotation, Entity
from annotator.gui.session import Session
from annotator.language import _, n_
from annotator.store import annotations, entities
from annotator.store.deed import Deed
from annotator.suggest.naming import taught

_LONG = 60
"""Characters of a name that fit into a menu."""


def give(session: Session, annotation: Annotation, entity: Entity, *, is_new: bool) -> None:
    """Let an annotation refer to an entity, which learns from its words; a new one joins the register."""
    words = annotation.text

    def write(deed: Deed) -> str:
        current = entity if is_new else entities.read(deed, entity.id)
        return entities.give(deed, annotation.id, taught(current, words))

    if session.do(_("Refer to {name}").format(name=short(entity.name)), write):
        session.told.emit(
            _("“{words}” refers to {name}.").format(words=short(words), name=short(entity.name))
        )


def let_go(session: Session, annotation: Annotation) -> None:
    """Let an annotation refer to nobody."""

    def write(deed: Deed) -> None:
        annotations.set_entity(deed, annotation.id, None)

    session.do(_("Refer to nobody"), write)


def add(session: Session, entity: Entity) -> bool:
    """Put a new entity into the register; False when it was refused."""

    def write(deed: Deed) -> bool:
        entities.add(deed, entity)
        return True

    name = _("Add {name} to the register").format(name=short(entity.name))
    return bool(session.do(name, write))


def update(session: Session, before: Entity, after: Entity) -> None:
    """Change what the register says of an entity."""
    names = {"old": short(before.name), "name": short(after.name)}
    title = _("Rename {old} to {name}") if before.name != after.name else _("Edit entity {name}")
    session.do(title.format(**names), lambda deed: entities.update(deed, after))


def merge(session: Session, kept: Entity, others: Sequence[Entity]) -> None:
    """Let one entity stand for others too."""
    title = n_(
        "Merge {count} entity into {name}", "Merge {count} entities into {name}", len(others)
    )
    ids = [other.id for other in others]
    session.do(
        title.format(count=len(others), name=short(kept.name)),
        lambda deed: entities.merge(deed, kept.id, ids),
    )


def split(session: Session, entity: Entity, annotation_ids: Iterable[str], new: Entity) -> bool:
    """Let some mentions of an entity refer to a new one; False when it was refused."""
    ids = list(annotation_ids)
    title = _("Split {name}").format(name=short(entity.name))
    return bool(session.do(title, lambda deed: entities.split(deed, entity.id, ids, new)))


def remove(session: Session, removed: Sequence[Entity]) -> None:
    """Take entities out of the register; their mentions refer to nobody then."""

    def write(deed: Deed) -> None:
        for entity in removed:
            entities.remove(deed, entity.id)

    title = n_("Remove entity {name}", "Remove {count} entities", len(removed))
    session.do(title.format(name=short(removed[0].name), count=len(removed)), write)


def short(name: str) -> str:
    """Return a name as a menu has room for it."""
    return name if len(name) <= _LONG else f"{name[:_LONG].rstrip()}…"
