"""Training and queueing in a process of their own: Python's lock stays with the window, and killing is safe.

`python -m annotator.assist.model_process train|queue PROJECT` prints a line of JSON for every step
and one at the end; `run` starts it and follows it.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from annotator.assist import apart, model_files, modelling
from annotator.core.errors import UserError
from annotator.language import _, use_language
from annotator.store.project import Project

_REPORTED = 0.05
"""The share of the whole between two reports of progress at most."""

Progress = Callable[[int, int], bool]


def run(kind: str, project: Path, progress: Progress) -> None:
    """Do the work, "train" or "queue", and return when it is done; may be called in any thread.

    Raises UserError with the sentence of what went wrong, Cancelled when `progress` returned False:
    then the process is gone and nothing has changed.
    """
    with apart.started(__name__, kind, str(project)) as process:
        lines: Queue[bytes | None] = Queue()
        reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
        reader.start()
        done, whole = 0, 0
        last: Mapping[str, Any] = {}
        try:
            while True:
                with contextlib.suppress(Empty):
                    line = lines.get(timeout=apart.WAIT)
                    if line is None:
                        break
                    last = _report(line)
                    done, whole = last.get("done", done), last.get("whole", whole)
                if not progress(done, whole):
                    raise modelling.Cancelled(_("Stopped; nothing was changed."))
        finally:
            process.kill()
            process.wait()
            reader.join()
    if "error" in last:
        raise UserError(last["error"])
    if "end" not in last:
        raise UserError(
            _("Training ended before its time; the model before is still there. Try it again.")
        )


def _read(process: subprocess.Popen[bytes], lines: "Queue[bytes | None]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(None)


def _report(line: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def main(kind: str, path: str) -> None:
    """Do the work here and print what becomes of it."""
    use_language()
    apart.step_back()
    try:
        with Project.open(Path(path), read_only=True) as project:
            if kind == "train":
                modelling.train(project, progress=_Printed())
            else:
                kept = model_files.load(project.path, project.scheme)
                modelling.doubts(project, kept, progress=_Printed())
    except UserError as error:
        _print({"error": str(error)})
    else:
        _print({"end": True})


class _Printed:
    """Prints how far the work is, not at every step; ends when nobody reads it any more."""

    def __init__(self) -> None:
        self._share = -1.0

    def __call__(self, done: int, whole: int) -> bool:
        share = done / max(whole, 1)
        if share - self._share >= _REPORTED or done == whole:
            self._share = share
            _print({"done": done, "whole": whole})
        return True


def _print(row: Mapping[str, Any]) -> None:
    try:
        print(json.dumps(row), flush=True)  # noqa: T201
    except BrokenPipeError:
        # The window is gone.
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
