"""A process of our own for work that would hold Python's lock: the window keeps it, and killing is safe."""

import os
import subprocess
import sys

from annotator.language import current_language

WAIT = 0.1
"""Seconds between two looks at whether the work is still wanted."""

_NICE = 10
"""How much less urgent than the window the work is, where the system knows such a thing."""


def started(module: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a module with words in a process with the modules and the language of this one."""
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONIOENCODING": "utf-8",
        "ANNOTATOR_LANGUAGE": current_language(),
    }
    # A window without a console of its own must not open one for this.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings,
        creationflags=flags,
    )


def step_back() -> None:
    """Be less urgent than the window: for the process itself to call."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
