"""The pieces of text on a page of a PDF, as pypdf decodes them, with their places and sizes."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.readers.pdf.widths import NO_FONT, Width, width_of

Matrix = Sequence[float]
"""Six numbers that move and turn points: ISO 32000-1, 8.3.3."""

_AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_PAINTING = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text on one baseline, as it was drawn; lengths are points, `y` goes up.

    `turn` counts the quarter turns to the left that its letters have made.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int = 0


@dataclass(slots=True)
class Page:
    """What is drawn on a page; `pictured` is the share of its area that the largest picture takes."""

    runs: list[Run] = field(default_factory=list)
    pictured: float = 0.0
    has_drawings: bool = False


def read_page(page: Any) -> Page:
    """Return what is drawn on a page, in the order of the file. Raises whatever pypdf raises."""
    from pypdf.generic import ContentStream, NameObject

    contents = page.get("/Contents")
    if contents is None:
        return Page()
    stream = ContentStream(contents.get_object(), page.pdf, "bytes")
    stream.operations = _parted(stream.operations)
    page[NameObject("/Contents")] = stream
    eye = _Eye(page)
    try:
        page.extract_text(
            visitor_operand_before=eye.before, visitor_operand_after=eye.after, visitor_text=eye.see
        )
    finally:
        # The reader keeps all its pages: what is parsed must not stay in them.
        page[NameObject("/Contents")] = contents
    return eye.page


def _parted(operations: Iterable[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
    """Return the operations with a move by nothing before each that shows text.

    It makes pypdf hand over what it has: else two columns printed line by line come as one text.
    """
    parted: list[tuple[Any, bytes]] = []
    for operands, operator in operations:
        if operator in _SHOWING:
            parted.append(([1, 0, 0, 1, 0, 0], b"cm"))
        parted.append((operands, operator))
    return parted


@dataclass(slots=True)
class _State:
    """What a PDF calls the text state: spacing of letters and words in points, stretch of letters."""

    width: Width = NO_FONT
    size: float = 1.0
    letter: float = 0.0
    word: float = 0.0
    stretch: float = 1.0


class _Eye:
    """Follows pypdf through a page: where each text starts and, by the widths of its font, ends."""

    def __init__(self, page: Any) -> None:
        self.page = Page()
        self._area = float(page.mediabox.width) * float(page.mediabox.height)
        self._resources = [page]
        self._bases: list[Matrix] = [_AS_IT_IS]
        self._state = _State()
        self._saved: list[_State] = []
        self._widths: dict[int, Width] = {}
        self._at: Matrix = _AS_IT_IS
        self._advance = 0.0
        self._shown: list[tuple[Matrix, float, float]] = []

    def before(self, operator: bytes, operands: Any, cm: Matrix, tm: Matrix) -> None:
        if operator in _SHOWING:
            self._show(operator, operands, multiplied(multiplied(tm, cm), self._bases[-1]))
        elif operator == b"Do":
            self._enter(operands, cm)
        elif operator == b"INLINE IMAGE":
            self._picture(cm)
        elif operator in _PAINTING:
            self.page.has_drawings = True
        else:
            self._set(operator, operands)

    def after(self, operator: bytes, operands: Any, cm: Matrix, tm: Matrix) -> None:
        if operator == b"Do":
            self._bases.pop()
            self._resources.pop()

    def see(self, text: str, cm: Matrix, tm: Matrix, font: Any, font_size: float) -> None:
        """Keep a text that pypdf hands over: it was shown by the operations since the last one."""
        shown, self._shown = self._shown, []
        if not text.strip("\n") or (not text.strip("\n ") and not shown):
            return
        if not shown:
            # The rest of a text in which the direction of writing changed: it ends where that did.
            shown = [((*self._at[:4], *_moved(self._at, self._advance)), 0.0, self._state.size)]
        first, _advance, size = shown[0]
        last, advance, _size = shown[-1]
        turn = turn_of(first)
        x0, y = turned(first[4], first[5], turn)
        x1 = turned(*_moved(last, advance), turn)[0]
        height = abs(size) * math.hypot(first[2], first[3])
        self.page.runs.append(Run(text, x0, max(x0, x1), y, height, turn))

    def _show(self, operator: bytes, operands: Any, matrix: Matrix) -> None:
        if tuple(matrix) == tuple(self._at) and operator in (b"Tj", b"TJ") and self._advance:
            matrix = (*matrix[:4], *_moved(matrix, self._advance))
        else:
            self._at, self._advance = matrix, 0.0
        advance = self._width(operands[-1] if operands else b"")
        self._advance += advance
        self._shown.append((matrix, advance, self._state.size))

    def _width(self, shown: Any) -> float:
        """Return how far the pen moves for a string, or a list of strings and thousandths to step back."""
        state = self._state
        if isinstance(shown, (bytes, str)):
            raw = shown if isinstance(shown, bytes) else shown.encode("latin-1", "replace")
            glyphs, count, spaces = state.width(raw)
            size = glyphs / 1000 * state.size + count * state.letter + spaces * state.word
            return size * state.stretch
        if isinstance(shown, (int, float)):
            return -shown / 1000 * state.size * state.stretch
        return sum(self._width(each) for each in shown) if isinstance(shown, list) else 0.0

    def _set(self, operator: bytes, operands: Any) -> None:
        state = self._state
        number = next(
            (float(each) for each in operands[-1:] if isinstance(each, (int, float))), 0.0
        )
        if operator == b"q":
            self._saved.append(replace(state))
        elif operator == b"Q" and self._saved:
            self._state = self._saved.pop()
        elif operator == b"Tf" and len(operands) == 2:
            state.width, state.size = self._font(operands[0]), number
        elif operator == b"Tc":
            state.letter = number
        elif operator == b"Tw":
            state.word = number
        elif operator == b"Tz":
            state.stretch = number / 100
        elif operator == b"BT":
            self._advance = 0.0

    def _font(self, name: Any) -> Width:
        font = _looked_up(self._resources[-1], "/Font", name)
        if id(font) not in self._widths:
            try:
                self._widths[id(font)] = width_of(font)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                # Widths that are not as they should be cost places, not letters.
                self._widths[id(font)] = NO_FONT
        return self._widths[id(font)]

    def _enter(self, operands: Any, cm: Matrix) -> None:
        """Go into a form, a page within the page; a picture is only measured."""
        form = _looked_up(self._resources[-1], "/XObject", operands[0] if operands else "")
        base = multiplied(cm, self._bases[-1])
        if form is not None and form.get("/Subtype") == "/Image":
            self._picture(cm)
        elif form is not None and "/Matrix" in form:
            base = multiplied([float(each) for each in form["/Matrix"]], base)
        self._bases.append(base)
        self._resources.append(form if form is not None else self._resources[-1])

    def _picture(self, cm: Matrix) -> None:
        a, b, c, d, _x, _y = multiplied(cm, self._bases[-1])
        share = abs(a * d - b * c) / self._area if self._area else 1.0
        self.page.pictured = max(self.page.pictured, share, 0.01)


def _looked_up(owner: Any, kind: str, name: Any) -> Any:
    """Return a font or form by its name in the resources of a page or form, None if it has none such."""
    resources = owner.get("/Resources") if owner is not None else None
    named = resources.get_object().get(kind) if resources is not None else None
    found = named.get_object().get(name) if named is not None else None
    return found.get_object() if found is not None else None


def multiplied(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does what `first` does, then what `second` does."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(matrix: Matrix, advance: float) -> tuple[float, float]:
    return matrix[4] + advance * matrix[0], matrix[5] + advance * matrix[1]


def turn_of(matrix: Matrix) -> int:
    """Return how many quarter turns to the left letters have made."""
    if abs(matrix[0]) >= abs(matrix[1]):
        return 0 if matrix[0] >= 0 else 2
    return 1 if matrix[1] > 0 else 3


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return where a point lies when the page is turned so that such letters stand upright."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
