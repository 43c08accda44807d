"""What is measured: a figure beside its floor, taken in the same run, and the goal."""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `floor` is the least any program could take here, None where there is none.

    `goal` is the most it should be, in the unit; `times_floor`, where set, the most it should be in floors.
    """

    what: str
    value: float
    unit: str
    goal: float
    floor: float | None = None
    times_floor: float | None = None

    @property
    def is_reached(self) -> bool:
        within = (
            self.times_floor is None
            or not self.floor
            or self.value <= self.times_floor * self.floor
        )
        return self.value <= self.goal and within


def timed(deed: Callable[[], object]) -> float:
    """Return the seconds that a deed takes, without the collector of garbage in between."""
    gc.collect()
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def median(deed: Callable[[], float], runs: int) -> float:
    """Return the median of what a deed returns."""
    return statistics.median(deed() for _run in range(runs))


def show(figures: Iterable[Figure]) -> None:
    """Print the table, each row as soon as it is known."""
    print(f"{'':54} {'median':>10} {'floor':>10} {'ratio':>6} {'goal':>9}", flush=True)
    for figure in figures:
        floor = f"{figure.floor:.1f}" if figure.floor is not None else "–"
        ratio = f"{figure.value / figure.floor:.1f}" if figure.floor else "–"
        mark = "" if figure.is_reached else "  ←"
        print(
            f"{figure.what:54} {figure.value:>7.1f} {figure.unit:<2} {floor:>10} {ratio:>6}"
            f" {figure.goal:>6.0f} {figure.unit:<2}{mark}",
            flush=True,
        )


def python(*words: str) -> list[str]:
    """Return the words that start this Python."""
    return [sys.executable, *words]
