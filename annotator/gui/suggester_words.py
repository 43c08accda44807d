"""What those who suggest are called on the screen."""

from annotator.assist.quoting import ORIGIN
from annotator.language import _


def origin_name(origin: str) -> str:
    """Return what an origin is called on the screen; what a model calls itself stays as it is."""
    by_hand = _("by hand")
    names = {
        "hand": by_hand,
        "slot": by_hand,
        "import": _("imported"),
        ORIGIN: _("rules for quotes"),
    }
    return names.get(origin, origin)
