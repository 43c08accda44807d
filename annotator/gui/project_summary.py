"""What an open project holds, in numbers, and where its file is."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.model import ArticleState
from annotator.gui.article_summary import duration
from annotator.gui.session import state_name
from annotator.language import _, current_language
from annotator.store.project import Project
from annotator.store.summary import Summary, summary


class ProjectSummary(QDialog):
    """A column of facts, each of which can be copied."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Project in numbers"))
        em = self.fontMetrics().height()
        form = QFormLayout()
        form.setHorizontalSpacing(em * 2)
        form.setVerticalSpacing(em // 2)
        for name, value in facts(project, summary(project)):
            form.addRow(_quiet(name, self), _value(value, self))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.addLayout(form)
        layout.addSpacing(em)
        layout.addWidget(buttons)


def facts(project: Project, numbers: Summary) -> list[tuple[str, str]]:
    """Return what to say of a project: a name and a value for each line."""
    states = (
        f"{state_name(ArticleState(state))} {_number(count)}"
        for state, count in numbers.states.items()
    )
    people = (
        f"{name} {duration(seconds)}" for name, seconds in numbers.seconds.items() if seconds >= 60
    )
    rows = [
        (_("File"), str(project.path)),
        (_("Size"), _("{n} MB").format(n=_number(numbers.size / 1_000_000, digits=1))),
        (_("Scheme"), project.scheme.name),
        (_("Articles"), _number(numbers.articles)),
        (_("of them"), ", ".join(states)),
        (_("Characters"), _number(numbers.characters)),
        (_("Annotations"), _number(numbers.annotations)),
        (_("Suggestions"), _number(numbers.annotation_states["suggested"])),
        (_("Labels"), _counted(numbers.labels)),
        (_("Links"), _number(numbers.links)),
        (_("Annotators"), _counted(numbers.by_annotator)),
        (_("Time spent"), ", ".join(people)),
    ]
    return [(name, value) for name, value in rows if value]


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {_number(count)}" for name, count in counts.items() if count)


def _number(value: float, *, digits: int = 0) -> str:
    """Return a number with the signs of the language: 17,159.5 or 17 159,5."""
    return QLocale(current_language()).toString(float(value), "f", digits)


def _quiet(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName("quiet")
    return label


def _value(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setMinimumWidth(label.fontMetrics().averageCharWidth() * 50)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
