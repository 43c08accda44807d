"""The optional extras of this package: whether one is installed, and what to say when it is not."""

from importlib.util import find_spec

from annotator.core.errors import UserError
from annotator.language import _


def lacking(module: str, extra: str) -> str:
    """Return what to do before `module` can be used; "" when it is installed."""
    if find_spec(module) is not None:
        return ""
    return _(
        '“{module}” is not installed; install it with: pip install "annotator[{extra}]"'
    ).format(module=module, extra=extra)


def need(module: str, extra: str) -> None:
    """Raise UserError when `module`, which `extra` brings, is not installed."""
    wanted = lacking(module, extra)
    if wanted:
        raise UserError(wanted)
