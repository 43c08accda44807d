"""The language the program speaks: every sentence a user reads passes through `_` or `n_`."""

import gettext
import locale
import os

from annotator.resources import resource

LANGUAGES = {"en": "English", "fr": "Français"}

_DECIMAL_MARKS = {"fr": ","}

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_current = "en"


def _(message: str) -> str:
    """Return `message` in the user's language; placeholders are filled in afterwards."""
    return _catalogue.gettext(message)


def n_(singular: str, plural: str, count: int) -> str:
    """Return the form that goes with `count` in the user's language."""
    return _catalogue.ngettext(singular, plural, count)


def decimal(value: float, digits: int) -> str:
    """Return a number as it is written in the user's language, with so many digits behind the mark."""
    return f"{value:.{digits}f}".replace(".", _DECIMAL_MARKS.get(_current, "."))


def current_language() -> str:
    """Return the two-letter code of the language in use."""
    return _current


def use_language(code: str = "") -> str:
    """Speak `code` ("en", "fr") from now on, or what the system speaks when it is empty."""
    global _catalogue, _current
    wanted = code or preferred_language()
    _current = wanted if wanted in LANGUAGES else "en"
    _catalogue = (
        gettext.NullTranslations()
        if _current == "en"
        else gettext.translation("annotator", resource("translations"), [_current], fallback=True)
    )
    return _current


def preferred_language() -> str:
    """Return the first two letters of the system's language, "en" when it names none."""
    for variable in ("ANNOTATOR_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable][:2].lower()
    return (locale.getlocale()[0] or "en")[:2].lower()
