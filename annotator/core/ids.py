"""Identifiers: UUIDs of version 7, so that rows made one after another lie side by side on disk."""

import os
import threading
import time
from collections.abc import Iterator

_BATCH = 256


def new_id() -> str:
    """Return a new UUID (RFC 9562, version 7) as 36 lower-case characters."""
    with _one_at_a_time:
        return next(_ids)


def _generate() -> Iterator[str]:
    """Yield ids for ever; the random bits are drawn in batches, one system call for many ids."""
    last, count = 0, 0
    while True:
        random = os.urandom(8 * _BATCH).hex()
        for at in range(0, 16 * _BATCH, 16):
            now = time.time_ns() // 1_000_000
            if now > last:
                last, count = now, 0
            else:
                # The 12 bits after the version count ids within a millisecond, so order is kept.
                count += 1
                if count > 0xFFF:
                    last, count = last + 1, 0
            stamp = f"{last:012x}"
            variant = "89ab"[int(random[at], 16) & 3]
            yield (
                f"{stamp[:8]}-{stamp[8:]}-7{count:03x}-"
                f"{variant}{random[at + 1 : at + 4]}-{random[at + 4 : at + 16]}"
            )


_one_at_a_time = threading.Lock()
"""Suggestions are thought of beside the window, and a generator serves no two threads at once."""

_ids = _generate()
