"""The files in a folder and below it, in the order a person would put them in."""

import os
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

_NUMBER = re.compile(r"(\d+)")


@dataclass(slots=True)
class Listing:
    """The files to read, how many of each other kind were passed over (by suffix, "" for none).

    `closed` tells of the folders that could not be looked into.
    """

    files: list[Path] = field(default_factory=list)
    closed: list[OSError] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def files_below(folder: Path, endings: Collection[str]) -> Listing:
    """List the files with these endings; hidden files and folders count as passed over (".*")."""
    listing = Listing()
    known = tuple(endings)
    for place, folders, names in os.walk(folder, onerror=listing.closed.append):
        listing.passed_over[".*"] += sum(name.startswith(".") for name in folders)
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if name.startswith("."):
                listing.passed_over[".*"] += 1
            elif name.lower().endswith(known) and not is_pipe(path):
                listing.files.append(path)
            else:
                listing.passed_over[path.suffix.lower()] += 1
    listing.files.sort(key=lambda path: natural(path.relative_to(folder)))
    return listing


def is_pipe(path: Path) -> bool:
    """Tell what is there but is no file: reading from a pipe or a device may never end."""
    return path.exists() and not path.is_file()


def natural(path: Path) -> list[list[tuple[int, int | str]]]:
    """Return a key that puts article2 before article10, whatever the case of the letters."""
    return [_natural_name(part) for part in path.parts]


def _natural_name(name: str) -> list[tuple[int, int | str]]:
    return [
        (0, int(piece)) if piece.isdecimal() else (1, piece.casefold())
        for piece in _NUMBER.split(name)
        if piece
    ]
