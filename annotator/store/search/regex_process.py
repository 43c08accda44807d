"""A program of its own that looks for regular expressions: it can be ended when one takes too long.

It reads a line of JSON with the expressions, then for each question a line with the number of the
expression and how many bytes each of the texts has that follow; of each text it says in a line of JSON
where the matches start and end.
"""

import json
import re
import signal
import sys
import time
import warnings

_SILENCE = 0.05
"""Seconds after which what is known is told, even if more can be told together."""


_ALONE = 10.0
"""Seconds for one text after which the program ends itself: who asked may have died meanwhile."""


def main() -> None:
    """Answer questions until there are no more."""
    warnings.simplefilter("ignore")
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    flags = {"i": re.IGNORECASE, "s": re.DOTALL}
    patterns = [
        re.compile(source, re.MULTILINE | sum(flags[each] for each in set(letters)))
        for source, letters in json.loads(asked.readline())
    ]
    while line := asked.readline():
        number, *sizes = map(int, line.split())
        texts = [asked.read(size).decode("utf-8", "surrogatepass") for size in sizes]
        said_at = time.monotonic()
        for n, text in enumerate(texts, 1):
            _end_after(_ALONE)
            ends = [
                offset
                for match in patterns[number].finditer(text)
                if match.end() > match.start()
                for offset in match.span()
            ]
            told.write(b"%b\n" % json.dumps(ends).encode())
            if n == len(texts) or time.monotonic() - said_at > _SILENCE:
                told.flush()
                said_at = time.monotonic()
        _end_after(0)


def _end_after(seconds: float) -> None:
    """Let the system end the program, which it can in the midst of an expression; 0 lets it go on."""
    if hasattr(signal, "setitimer"):  # Windows has none.
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
