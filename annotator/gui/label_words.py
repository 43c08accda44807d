"""What colours and kinds of attributes are called on the screen."""

from annotator.language import _


def colour_name(colour: str) -> str:
    """Return the word for a colour of the scheme; one the scheme does not know keeps its name."""
    names = {
        "blue": _("Blue"),
        "orange": _("Orange"),
        "green": _("Green"),
        "purple": _("Purple"),
        "red": _("Red"),
        "teal": _("Teal"),
        "yellow": _("Yellow"),
        "pink": _("Pink"),
        "indigo": _("Indigo"),
        "lime": _("Lime"),
        "brown": _("Brown"),
        "grey": _("Grey"),
    }
    return names.get(colour, colour)


def kind_name(kind: str) -> str:
    """Return the word for a kind of attribute."""
    return {"choice": _("Choice"), "flag": _("Flag"), "text": _("Text")}[kind]
