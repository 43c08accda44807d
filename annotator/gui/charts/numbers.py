"""Numbers, shares, days and stretches of time as they are written in the language in use."""

from datetime import date

from PySide6.QtCore import QDate, QLocale

from annotator.language import current_language


def number(value: float, digits: int = 0) -> str:
    """Return a number with the signs of the language: 17,159.5 or 17 159,5."""
    return _locale().toString(float(value), "f", digits)


def rough(value: float) -> str:
    """Return a number with no more digits than one reads: 3.4, but 34."""
    return number(value, 0 if value == round(value) or abs(value) >= 10 else 1)


def day_name(day: date, *, is_long: bool = False) -> str:
    """Return a day: “3 Nov”, or “Monday, 3 November 2025” where there is room."""
    qt = QDate(day.year, day.month, day.day)
    if is_long:
        return _locale().toString(qt, QLocale.FormatType.LongFormat)
    return _locale().toString(qt, "d MMM")


def month_name(month: date, *, is_long: bool = False) -> str:
    """Return a month with its year."""
    qt = QDate(month.year, month.month, 1)
    return _locale().toString(qt, "MMMM yyyy" if is_long else "MMM yyyy")


def _locale() -> QLocale:
    return QLocale(current_language())
