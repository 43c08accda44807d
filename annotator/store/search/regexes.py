"""Regular expressions with a time limit: nothing interrupts one in Python, so another process runs them."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from annotator.core.occurrences import Range
from annotator.core.query.tree import Pattern, QueryError
from annotator.language import _

SECONDS = 2.0
"""For one text, after which an expression is given up: an honest one takes milliseconds."""

_LOOK = 0.05
"""Seconds between two looks at the clock."""


class Regexes:
    """Runs the expressions of one query. It must be closed; then the process is gone."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._process: subprocess.Popen[bytes] | None = None
        self._asked_at: float | None = None
        self._is_late = False
        self._closed = threading.Event()

    def of_all(self, number: int, texts: Sequence[str]) -> Iterator[list[Range]]:
        """Yield where the expression of this number matches in each text, empty matches left out.

        All must be taken before the next question. Raises QueryError when one takes longer than `SECONDS`.
        """
        if not texts:
            return
        process = self._process or self._start()
        raw = [text.encode("utf-8", "surrogatepass") for text in texts]
        sizes = b" ".join(b"%d" % len(each) for each in raw)
        self._asked_at = time.monotonic()
        try:
            self._write(process, b"%d %b\n%b" % (number, sizes, b"".join(raw)))
            assert process.stdout is not None
            for _text in texts:
                self._asked_at = time.monotonic()
                line = process.stdout.readline()
                if not line:
                    break
                self._asked_at = None
                ends = json.loads(line)
                yield list(zip(ends[::2], ends[1::2], strict=True))
            else:
                return
        except OSError:  # The process ended while it was still being asked.
            pass
        finally:
            self._asked_at = None
        raise self._refusal(self._patterns[number])

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._closed.set()
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                _close(pipe)
            self._process.wait()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        program = Path(__file__).with_name("regex_process.py")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._is_late = False
        patterns = [(pattern.source, pattern.flags) for pattern in self._patterns]
        self._write(self._process, json.dumps(patterns).encode() + b"\n")
        threading.Thread(target=self._watch, args=[self._process], daemon=True).start()
        return self._process

    @staticmethod
    def _write(process: subprocess.Popen[bytes], data: bytes) -> None:
        assert process.stdin is not None
        process.stdin.write(data)
        process.stdin.flush()

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """End the process when an answer is late, which ends the wait for it, too."""
        while not self._closed.wait(_LOOK) and process.poll() is None:
            asked_at = self._asked_at
            if asked_at is not None and time.monotonic() - asked_at > SECONDS:
                self._is_late = True
                process.kill()

    def _refusal(self, pattern: Pattern) -> QueryError:
        if self._is_late:
            said = _(
                "This expression takes too long; avoid repeats within repeats, as in (a+)+, and say"
                " more exactly what may stand between."
            )
        else:
            said = _("This expression ended the search; write it more simply.")
        return QueryError(said, pattern.start, pattern.end)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:  # What was still to be written has nobody to read it.
            return
