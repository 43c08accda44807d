"""Where values stand along an axis, and at which round numbers it is marked."""

import math
from dataclasses import dataclass

_TINY = 1e-9
"""Of a number: what lies closer to it is it, as far as a computer counts."""

_STEPS = ((1.5, 1.0), (3.0, 2.0), (7.0, 5.0))


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` laid out from one pixel to another, which may be the smaller one."""

    low: float
    high: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """Return where a value stands, in pixels."""
        reach = self.high - self.low
        part = (value - self.low) / reach if reach else 0.0
        return self.first + part * (self.last - self.first)


def round_ticks(
    low: float, high: float, count: int = 5, *, is_whole: bool = False
) -> tuple[float, ...]:
    """Return about `count` round numbers from at most `low` to at least `high`.

    With `is_whole` no two stand closer than 1: there is no half an article. The numbers are those of
    Heckbert, “Nice Numbers for Graph Labels”, in Graphics Gems (1990), pp. 61–63.
    """
    if not math.isfinite(low + high) or high - low <= abs(low) * _TINY:
        high = low + max(1.0, abs(low) * _TINY * 10)
    step = _nice((high - low) / max(1, count - 1))
    if is_whole:
        step = max(1.0, step)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(number * step for number in range(first, last + 1))


def digits_of(ticks: tuple[float, ...]) -> int:
    """Return how many digits behind the mark tell these numbers apart."""
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    return max(0, -math.floor(math.log10(step))) if step > 0 else 0


def _nice(value: float) -> float:
    """Return the number of the form 1, 2 or 5 times a power of ten that is near a value above 0."""
    power = 10.0 ** math.floor(math.log10(value))
    part = value / power
    return next((nice for limit, nice in _STEPS if part < limit), 10.0) * power
