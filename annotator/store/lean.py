"""sqlite-utils without numpy and pandas, which it would load if they are installed and never use here.

They cost more than a second of every start once an extra has brought them. Whoever needs them
imports them afterwards as usual.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Have modules that are not yet loaded seem missing."""
    absent = [name for name in names if name not in sys.modules]
    # What the import system itself looks for: None says that there is no such module.
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _hidden("numpy", "pandas"):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
