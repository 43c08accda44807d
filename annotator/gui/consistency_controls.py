"""The switch above the lines of inconsistency: one button for each kind, with how many there are."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.consistency import Kind, kind_name
from annotator.gui.buttons import ChoiceButton
from annotator.gui.flow_layout import Paragraph
from annotator.language import _


class Controls(QWidget):
    """Says what is wanted; the panel does it."""

    kind_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        gap = self.fontMetrics().height() // 3
        flow = Paragraph(self, gap=gap)
        self.kinds = {kind: ChoiceButton(self) for kind in Kind}
        self._group = QButtonGroup(self)
        for kind, button in self.kinds.items():
            button.setText(kind_name(kind))
            button.setToolTip(_tip(kind))
            self._group.addButton(button)
            flow.flow.addWidget(button)
        self.kinds[Kind.CONTESTED].setChecked(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap * 2, 0, gap * 2, 0)
        layout.addWidget(flow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._group.buttonClicked.connect(self.kind_changed)

    @property
    def kind(self) -> Kind:
        """What is listed."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def show_counts(self, counts: Mapping[Kind, str]) -> None:
        """Say how many lines each kind has, "" where that is not known."""
        for kind, button in self.kinds.items():
            button.setText(f"{kind_name(kind)} {counts.get(kind, '')}".strip())


def counted(count: int, *, is_more: bool = False) -> str:
    """Return a number, with a + where there may be more."""
    return QLocale().toString(count) + ("+" if is_more else "")


def _tip(kind: Kind) -> str:
    return {
        Kind.CONTESTED: _(
            "Strings labelled now so, now otherwise; first those that leave most undecided "
            "(how often × how evenly)"
        ),
        Kind.UNLABELLED: _(
            "Strings labelled three times or more, and left unlabelled in articles begun or done"
        ),
        Kind.BOUNDARIES: _(
            "The same name with and without a title or determiner; - leaves it out, + takes it in"
        ),
        Kind.SINGLE: _("Labels that only one string has: a slip, or a label nobody needs"),
        Kind.ENTITIES: _("Entities whose names are nearly the same; M makes one of the two"),
        Kind.PRECEDENTS: _("What was decided about words, with its reason"),
    }[kind]
