"""Says which of the system's libraries the window needs and this machine lacks, before Qt just stops.

Run as `python -m annotator.qt_libraries`; `--offscreen` leaves out what only a screen needs.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable, Sequence

Library = tuple[str, str, str]
"""What the loader calls it, Debian's package, Fedora's package."""

ALWAYS: tuple[Library, ...] = (
    ("libEGL.so.1", "libegl1", "libglvnd-egl"),
    ("libGL.so.1", "libgl1", "libglvnd-glx"),
    ("libX11.so.6", "libx11-6", "libX11"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libfreetype.so.6", "libfreetype6", "freetype"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
)

X11: tuple[Library, ...] = (
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)

WAYLAND: tuple[Library, ...] = (
    ("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    ("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    ("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)


def main(arguments: Sequence[str]) -> int:
    """Print what to install and return 1, or return 0 when nothing is missing."""
    lacking = missing(offscreen="--offscreen" in arguments)
    if not lacking:
        return 0
    sys.stderr.write(remedy(lacking) + "\n")
    return 1


def missing(*, offscreen: bool = False) -> list[Library]:
    """Return the libraries that the loader does not find; none on macOS and Windows."""
    if not sys.platform.startswith("linux"):
        return []
    return [library for library in _needed(offscreen=offscreen) if not _loads(library[0])]


def remedy(lacking: Sequence[Library]) -> str:
    """Return which command installs these libraries on this system.

    English on purpose: it is shown where nothing is set up yet, language files included.
    """
    names = ", ".join(soname for soname, _debian, _fedora in lacking)
    return f"Qt needs libraries that this system lacks: {names}.\nInstall them with:\n    {_line(lacking)}"


def _needed(*, offscreen: bool) -> Iterable[Library]:
    yield from ALWAYS
    if offscreen or os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        return
    yield from WAYLAND if os.environ.get("WAYLAND_DISPLAY") else X11


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _line(lacking: Sequence[Library]) -> str:
    debian = "sudo apt-get install " + " ".join(dict.fromkeys(row[1] for row in lacking))
    fedora = "sudo dnf install " + " ".join(dict.fromkeys(row[2] for row in lacking))
    if shutil.which("apt-get"):
        return debian
    return fedora if shutil.which("dnf") else f"{debian}\n  or\n    {fedora}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
