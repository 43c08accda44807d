"""A bar of shares whose pieces are buttons: how much each gender or kind of source says."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QLocale, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.core.ledger import NOBODY, Share, gender_name, kind_name
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme
from annotator.language import _, n_

GENDER_COLOURS = {
    "female": "purple",
    "male": "teal",
    "other": "yellow",
    "unknown": "grey",
    "not applicable": "brown",
}
KIND_COLOURS = {
    "person": "blue",
    "organisation": "orange",
    "group": "green",
    "document": "brown",
    "anonymous": "indigo",
    "unspecified": "grey",
}
_OTHERS = ("lime", "pink", "red")
"""Colours of kinds that the project itself has named, in turn."""


class ShareBar(QWidget):
    """Pieces as wide as their share of the words; one of them may be pressed.

    `picked` carries the name of the piece that was pressed, None when it was let go of.
    """

    picked = Signal(object)

    def __init__(
        self,
        title: str,
        name: Callable[[str], str],
        colours: Mapping[str, str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._name = name
        self._colours = colours
        self._theme = theme
        self._pieces: dict[str, Piece] = {}
        self._shares: Sequence[Share] = ()
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def pieces(self) -> Mapping[str, "Piece"]:
        """The pieces by what they stand for, from left to right."""
        return self._pieces

    def set_shares(self, shares: Sequence[Share]) -> None:
        """Show these; a piece that stays keeps the keyboard and stays pressed."""
        before = self._pieces
        self._shares = shares
        self._pieces = {}
        for share in shares:
            piece = before.pop(share.name, None) or self._piece(share.name)
            piece.describe(self._title, self._name(share.name), share)
            self._pieces[share.name] = piece
        for piece in before.values():
            piece.hide()
            piece.deleteLater()
        self._place_pieces()

    def press(self, name: str | None) -> None:
        """Show which piece is pressed; nothing is told."""
        for each, piece in self._pieces.items():
            piece.setChecked(each == name)
            piece.step_back(is_back=name is not None and each != name)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self._theme = theme
        for piece in self._pieces.values():
            piece.theme = theme
            piece.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 16, line * 3 // 2)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 4, line * 3 // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pieces()

    def _piece(self, name: str) -> "Piece":
        colour = self._colours.get(name)
        if colour is None and name != NOBODY:
            colour = _OTHERS[sum(map(ord, name)) % len(_OTHERS)]
        piece = Piece(colour or "", self._theme, self)
        piece.setProperty("piece", name)
        piece.clicked.connect(self._on_clicked)
        piece.show()
        return piece

    def _place_pieces(self) -> None:
        """Give each piece its share of the width, but none so little that it cannot be hit."""
        if not self._shares:
            return
        gap, least = 2, self.fontMetrics().height() * 3 // 4
        room = self.width() - gap * (len(self._shares) - 1)
        spare = max(0, room - least * len(self._shares))
        left = 0.0
        for share, piece in zip(self._shares, self._pieces.values(), strict=True):
            width = min(least, room / len(self._shares)) + spare * share.share
            piece.setGeometry(
                QRect(round(left), 0, round(left + width) - round(left), self.height())
            )
            left += width + gap

    def _on_clicked(self) -> None:
        piece = self.sender()
        if isinstance(piece, Piece):
            name = piece.property("piece") if piece.isChecked() else None
            self.press(name)
            self.picked.emit(name)


class Piece(QAbstractButton):
    """One share: filled in its colour, or an empty frame for what nobody says."""

    def __init__(self, colour: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._colour = colour
        self._percent = ""
        self._is_back = False
        self.setCheckable(True)
        self.setFont(small_font(self.font()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def describe(self, title: str, name: str, share: Share) -> None:
        """Say what the piece stands for, on it and in its tool tip."""
        self._percent = percent(share.share)
        self.setText(name)
        told = n_(
            "{title}: {name}, {percent} of the words, {n} quote",
            "{title}: {name}, {percent} of the words, {n} quotes",
            share.quotes,
        ).format(title=title, name=name, percent=self._percent, n=share.quotes)
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.update()

    def step_back(self, *, is_back: bool) -> None:
        """Leave the attention to the piece that is pressed."""
        self._is_back = is_back
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height(), self.fontMetrics().height() * 3 // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        words = self._words(self.width() - self.fontMetrics().height() * 2 // 3)
        painter.setPen(self._ink())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        shades = self.theme.shades(self._colour)
        pen = QPen(shades.line, 2 if self.isChecked() else 1)
        if self.hasFocus():
            pen = QPen(self.theme.focus, 2)
        elif not self._colour:
            pen.setDashPattern([2.5, 2])
        elif not (self.isChecked() or self.underMouse()):
            pen = QPen(Qt.PenStyle.NoPen)
        fill = QColor(shades.fill)
        fill.setAlphaF(0.4 if self._is_back else 1.0)
        painter.setPen(pen)
        painter.setBrush(fill if self._colour else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)

    def _ink(self) -> QColor:
        if self._is_back or not self._colour:
            return self.theme.muted
        return self.theme.shades(self._colour).ink

    def _words(self, width: int) -> str:
        """Return as much as there is room for: name and share, the share, a tick, or nothing."""
        tick = "✓ " if self.isChecked() else ""
        whole = f"{tick}{self.text()} {self._percent}"
        for words in (whole, f"{tick}{self._percent}", tick.strip()):
            if self.fontMetrics().horizontalAdvance(words) <= width:
                return words
        return ""


def gender_bar(theme: Theme, parent: QWidget) -> ShareBar:
    """Return the bar of what each gender says."""
    return ShareBar(_("By gender"), gender_name, GENDER_COLOURS, theme, parent)


def kind_bar(theme: Theme, parent: QWidget) -> ShareBar:
    """Return the bar of what each kind of source says."""
    return ShareBar(_("By kind of source"), kind_name, KIND_COLOURS, theme, parent)


def percent(share: float) -> str:
    """Return a share (0 to 1) in per cent, with a decimal where it is small."""
    value = share * 100
    if 0 < value < 0.1:
        return _("<{number}%").format(number=QLocale().toString(0.1, "f", 1))
    decimals = 1 if 0 < value < 9.95 else 0
    return _("{number}%").format(number=QLocale().toString(value, "f", decimals))
