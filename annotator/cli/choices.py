"""Choices made on the command line, checked against what the program offers."""

import getpass
import json
from collections.abc import Iterable
from pathlib import Path

import click

from annotator.core.model import AnnotationState
from annotator.language import _


def annotator_name(given: str) -> str:
    """Return the name given, else the one the window was told, else the login name."""
    return given.strip() or _preferred_name() or _login_name()


def checked_format(name: str | None, *, reads: bool = False, option: str = "--as") -> str | None:
    """Return the name of a format that is read (else written); a usage error lists them all."""
    from annotator.exchange.registry import formats

    known = [format.name for format in formats() if (format.reads if reads else format.writes)]
    if name is None or name in known:
        return name
    raise click.BadParameter(
        _("“{name}” is not one of {names}.").format(name=name, names=", ".join(known)),
        param_hint=option,
    )


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """Return what was said as NAME=VALUE; a usage error when one has no sign of equality."""
    found = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(
                _("“{given}” is not NAME=VALUE.").format(given=each), param_hint=option
            )
        found[name.strip()] = value.strip()
    return found


def checked_states(names: str) -> frozenset[str]:
    """Return the annotation states in a list parted by commas."""
    wanted = frozenset(name.strip() for name in names.split(",") if name.strip())
    known = [state.value for state in AnnotationState]
    for name in sorted(wanted):
        if name not in known:
            raise click.BadParameter(
                _("“{name}” is not one of {names}.").format(name=name, names=", ".join(known)),
                param_hint="--states",
            )
    if not wanted:
        raise click.BadParameter(_("No state is named."), param_hint="--states")
    return wanted


def _preferred_name() -> str:
    """Return the annotator in the preferences of the window, "" when there is none to be read."""
    import platformdirs

    path = Path(platformdirs.user_config_dir("annotator", appauthor=False)) / "preferences.json"
    try:
        return str(json.loads(path.read_text("utf-8")).get("annotator", "")).strip()
    except (OSError, ValueError, AttributeError):
        return ""


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "annotator"  # A system without accounts: containers, some Windows services.
