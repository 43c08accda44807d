"""A program of its own that looks for regular expressions: it can be ended when one takes too long.

It reads a line of JSON with the expressions, then for each question a line with the number of the
expression and the bytes of the text that follow; it answers each with a line of JSON: starts and ends.
"""

import json
import re
import sys
import warnings


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
        number, size = map(int, line.split())
        text = asked.read(size).decode("utf-8", "surrogatepass")
        ends = [
            offset
            for match in patterns[number].finditer(text)
            if match.end() > match.start()
            for offset in match.span()
        ]
        told.write(json.dumps(ends).encode() + b"\n")
        told.flush()


if __name__ == "__main__":
    main()
