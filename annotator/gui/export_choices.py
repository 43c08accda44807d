"""How annotations go out that a format of words cannot hold, and how a corpus is divided."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.formats import Align, Format, Overlap, Writing
from annotator.exchange.parts import GROUPINGS, Splitting
from annotator.exchange.splitting import read_shares
from annotator.language import _

_SPLITS = ("80/10/10", "70/15/15", "80/20")
_MOST_SEED = 2**31 - 1


class ExportChoices(QWidget):
    """The choices that only some formats ask for; `changed` says that one was made."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.align = _box(self, _("Edges inside words"), _aligns())
        self.overlap = _box(self, _("Overlaps"), _overlaps())
        self.split = _box(self, _("Split"), [(_("not at all"), ""), *((s, s) for s in _SPLITS)])
        self.split.setEditable(True)
        self.seed = QLineEdit(self)
        self.seed.setValidator(QIntValidator(0, _MOST_SEED, self.seed))
        self.seed.setPlaceholderText(_("seed: 0"))
        self.seed.setAccessibleName(_("Seed"))
        self.group_by = _box(self, _("Kept together"), _groupings())
        self.licence = QLineEdit(self)
        self.licence.setAccessibleName(_("Licence"))
        self.licence.setPlaceholderText(_("for the dataset card, such as CC BY 4.0"))
        self.text = QCheckBox(_("Without the texts: places and digests only"), self)
        self._align_label = QLabel(_("&Words"), self)
        self._align_label.setBuddy(self.align)
        self._lay_out()
        for box in (self.align, self.overlap, self.group_by):
            box.activated.connect(self.changed)
        self.split.currentTextChanged.connect(self._on_split)
        self.seed.textChanged.connect(self.changed)
        self.text.clicked.connect(self.changed)
        self._on_split()

    @property
    def how(self) -> Writing:
        """What is done with annotations that cannot be held as they are."""
        return Writing(
            align=self.align.currentData(),
            overlap=self.overlap.currentData(),
            text=not (self.text.isVisibleTo(self) and self.text.isChecked()),
        )

    @property
    def problem(self) -> str:
        """What is wrong with the split that is typed, "" when nothing is."""
        typed = self.split.currentText().strip()
        if not typed or typed == self.split.itemText(0):
            return ""
        try:
            read_shares(typed)
        except UserError as refusal:
            return str(refusal)
        return ""

    @property
    def splitting(self) -> Splitting | None:
        """How the corpus is divided; None for not at all, and while what is typed is no split."""
        try:
            shares = read_shares(self.split.currentText())
        except UserError:
            return None
        return Splitting(shares, int(self.seed.text() or 0), self.group_by.currentData())

    def show_for(self, format_: Format) -> None:
        """Show what matters for a format."""
        for widget in (self._align_label, self.align, self.overlap):
            widget.setVisible(format_.on_tokens)
        self.text.setVisible(format_.can_omit_text)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(em)
        layout.setVerticalSpacing(em // 2)
        rows: tuple[tuple[QLabel, tuple[QWidget, ...]], ...] = (
            (self._align_label, (self.align, self.overlap)),
            (self._label(_("D&ivide"), self.split), (self.split, self.seed, self.group_by)),
            (self._label(_("&Licence"), self.licence), (self.licence,)),
        )
        for row, (label, fields) in enumerate(rows):
            layout.addWidget(label, row, 0)
            for column, field in enumerate(fields):
                is_last = field is fields[-1]
                layout.addWidget(field, row, 1 + column, 1, 3 - column if is_last else 1)
        layout.addWidget(self.text, len(rows), 1, 1, 3)
        for column in (1, 2, 3):
            layout.setColumnStretch(column, 1)

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(buddy)
        return label

    def _on_split(self) -> None:
        is_split = self.splitting is not None
        self.seed.setEnabled(is_split)
        self.group_by.setEnabled(is_split)
        self.changed.emit()


def _box(parent: QWidget, name: str, choices: list[tuple[str, str]]) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    for text, value in choices:
        box.addItem(text, value)
    return box


def _aligns() -> list[tuple[str, str]]:
    aligns: list[tuple[str, Align]] = [
        (_("edges inside words: widen to the word"), "expand"),
        (_("edges inside words: narrow to whole words"), "contract"),
        (_("edges inside words: mark as unknown"), "mask"),
        (_("edges inside words: leave out"), "drop"),
        (_("edges inside words: refuse the export"), "strict"),
    ]
    return [(text, value) for text, value in aligns]


def _overlaps() -> list[tuple[str, str]]:
    overlaps: list[tuple[str, Overlap]] = [
        (_("overlaps: in further layers"), "layers"),
        (_("overlaps: a layer for each label"), "per-label"),
        (_("overlaps: the outermost only"), "outermost"),
        (_("overlaps: the innermost only"), "innermost"),
    ]
    return [(text, value) for text, value in overlaps]


def _groupings() -> list[tuple[str, str]]:
    names = {
        "source": _("by source"),
        "month": _("by month"),
        "year": _("by year"),
        "author": _("by author"),
        "language": _("by language"),
    }
    return [(_("like articles together"), ""), *((names[each], each) for each in GROUPINGS)]
