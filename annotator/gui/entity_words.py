"""What is said of an entity on the screen: its kind, and in one line who it is."""

from annotator.core.ledger import gender_name
from annotator.core.model import Entity
from annotator.language import _, n_

KINDS = ("person", "organisation", "place", "")


def kind_name(kind: str) -> str:
    """Return the word for a kind of entity; a kind of the project's own is called as it is."""
    names = {
        "person": _("Person"),
        "organisation": _("Organisation"),
        "place": _("Place"),
        "": _("Other"),
    }
    return names.get(kind, kind)


def described(entity: Entity) -> str:
    """Return kind, gender, role and aliases of an entity in one line, as far as they are known."""
    has_gender = entity.gender not in ("unknown", "not applicable")
    aliases = ", ".join(entity.aliases)
    parts = (
        kind_name(entity.kind) if entity.kind else "",
        gender_name(entity.gender) if has_gender else "",
        entity.role,
        _("also: {names}").format(names=aliases) if aliases else "",
    )
    return " · ".join(filter(None, parts))


def mentions_counted(count: int) -> str:
    """Return how many mentions there are, in words."""
    return n_("{count} mention", "{count} mentions", count).format(count=count)
