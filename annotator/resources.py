"""Finds what ships beside the code: schemes, themes, icons, help pages, translations, the sample."""

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    """Return the folder of resources: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, whether or not it exists."""
    return _root().joinpath(*parts)
