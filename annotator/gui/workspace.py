"""The panels of an open project: articles, the article with the tools below it, labels and annotation."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from annotator.gui.article.view import ArticleView
from annotator.gui.article_header import ArticleHeader
from annotator.gui.article_list import ArticleList
from annotator.gui.background import Background
from annotator.gui.consistency_panel import ConsistencyPanel
from annotator.gui.find_bar import FindBar
from annotator.gui.findings_panel import FindingsPanel
from annotator.gui.history_panel import HistoryPanel
from annotator.gui.inspector import Inspector
from annotator.gui.label_palette import LabelPalette
from annotator.gui.ledger_panel import LedgerPanel
from annotator.gui.occurrences_panel import OccurrencesPanel
from annotator.gui.places_panel import PlacesPanel
from annotator.gui.radar import Radar
from annotator.gui.search_panel import SearchPanel
from annotator.gui.session import Session
from annotator.gui.settle_panel import SettlePanel
from annotator.gui.theme import Theme
from annotator.language import _

PANELS = ("articles", "labels", "inspector", "tools")


class Workspace(QWidget):
    """Lays the panels out and tells them apart by name; what they do is their own business."""

    def __init__(
        self, session: Session, theme: Theme, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self.header = ArticleHeader(session, theme, self)
        self.article_view = ArticleView(session, theme, self)
        self.find_bar = FindBar(self.article_view, theme, self)
        self.articles = ArticleList(session, theme, self)
        self.occurrences = OccurrencesPanel(
            self.article_view, self.articles.listed_ids, theme, background, self
        )
        self.settling = SettlePanel(
            self.article_view, self.articles.listed_ids, theme, background, self
        )
        self.radar = Radar(self.article_view, theme, self)
        self.places = PlacesPanel(self.radar, self.article_view, theme, background, self)
        self.labels = LabelPalette(session, theme, self)
        self.inspector = Inspector(session, theme, self.article_view, self)
        self.history = HistoryPanel(session, theme, self)
        self.ledger = LedgerPanel(session, theme, background, self)
        self.findings = FindingsPanel(session, theme, background, self)
        self.consistency = ConsistencyPanel(session, theme, background, self)
        self.search = SearchPanel(self.article_view, theme, background, self)
        self.tabs = QTabWidget(self)
        self.tools = QTabWidget(self)
        self._hidden: set[str] = set()
        self._is_alone = False
        self._across = QSplitter(Qt.Orientation.Horizontal, self)
        self._down = QSplitter(Qt.Orientation.Vertical, self)
        self._right = QSplitter(Qt.Orientation.Vertical, self)
        self._panels = {"articles": _panel(self.articles, _("Articles"), self)}
        self._panels["labels"] = _panel(self.labels, _("Labels"), self)
        self._panels["inspector"] = _panel(self.tabs, "", self)
        self._panels["tools"] = _panel(self.tools, "", self)
        self._lay_out()
        for left in (
            self.inspector.form.left,
            self.ledger.left,
            self.findings.left,
            self.search.left,
        ):
            left.connect(self.article_view.setFocus)
        self.search.narrowed.connect(self.articles.narrow)
        self.articles.released.connect(self.search.release)
        self.findings.caret = lambda: self.article_view.caret
        self.findings.place_chosen.connect(self.article_view.place)
        self.consistency.left.connect(self.article_view.setFocus)
        self.consistency.place_chosen.connect(self.article_view.place)
        self.radar.asked.connect(self.places.open_panel)

    def set_hidden(self, hidden: Collection[str]) -> None:
        """Hide these panels, show the others."""
        self._hidden = set(hidden) & set(PANELS)
        self._show_panels()

    def set_alone(self, is_alone: bool) -> None:
        """Leave only the article, or bring back what was there."""
        self._is_alone = is_alone
        self._show_panels()

    def panel(self, name: str) -> QWidget:
        """Return a panel by its name."""
        return self._panels[name]

    def sizes(self) -> dict[str, str]:
        """Return Qt's description of how wide and high the panels are."""
        return {
            name: splitter.saveState().toBase64().toStdString()
            for name, splitter in self._splitters().items()
        }

    def restore_sizes(self, sizes: Mapping[str, str]) -> None:
        """Take the sizes of the last time, where there are any."""
        for name, splitter in self._splitters().items():
            if name in sizes:
                splitter.restoreState(QByteArray.fromBase64(sizes[name].encode()))

    def give_room(self) -> None:
        """Let the panels below the article have half of the height, if they have less."""
        above, below = self._down.sizes()
        if 0 < below < (above + below) * 2 // 5 or not below:
            half = (above + below) // 2
            self._down.setSizes([above + below - half, half])

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        for part in (
            self.header,
            self.article_view,
            self.find_bar,
            self.articles,
            self.occurrences,
            self.radar,
            self.places,
            self.settling,
            self.labels,
            self.inspector,
            self.history,
            self.ledger,
            self.findings,
            self.consistency,
            self.search,
        ):
            part.set_theme(theme)

    def stops(self) -> list[QWidget]:
        """Return where F6 goes, in order: what of it can be seen."""
        places = [self.articles, self.article_view, self.tools, self.labels, self.tabs]
        return [place for place in places if place.isVisible()]

    def _lay_out(self) -> None:
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addWidget(self.article_view, 1)
        column.addWidget(self.radar)
        column.addWidget(self.settling)
        column.addWidget(self.occurrences)
        column.addWidget(self.places)
        self.tabs.addTab(self.inspector, _("Annotation"))
        self.tabs.addTab(self.history, _("History"))
        self.tools.addTab(self.ledger, _("Who speaks"))
        self.tools.addTab(self.findings, _("Findings"))
        self.tools.addTab(self.consistency, _("Consistency"))
        self.tools.addTab(self.search, _("Search"))
        for tabs in (self.tabs, self.tools):
            tabs.setDocumentMode(True)
        self._down.addWidget(centre)
        self._down.addWidget(self._panels["tools"])
        self._down.setStretchFactor(0, 1)
        self._right.addWidget(self._panels["labels"])
        self._right.addWidget(self._panels["inspector"])
        em = self.fontMetrics().averageCharWidth()
        for splitter in self._splitters().values():
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        for place, widget in enumerate((self._panels["articles"], self._down, self._right)):
            self._across.addWidget(widget)
            self._across.setStretchFactor(place, int(widget is self._down))
        self._panels["articles"].setMinimumWidth(em * 22)
        self._right.setMinimumWidth(em * 26)
        centre.setMinimumWidth(em * 40)
        self._across.setSizes([em * 40, em * 100, em * 42])
        self._right.setStretchFactor(1, 1)
        self._right.setSizes([em * 40, em * 60])
        self._down.setSizes([em * 70, em * 35])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._across)

    def _splitters(self) -> dict[str, QSplitter]:
        return {"across": self._across, "right": self._right, "down": self._down}

    def _show_panels(self) -> None:
        for name, panel in self._panels.items():
            panel.setVisible(not self._is_alone and name not in self._hidden)
        right = {"labels", "inspector"}
        self._right.setVisible(not self._is_alone and not right <= self._hidden)
        self.header.set_wanted(not self._is_alone)


def _panel(content: QWidget, title: str, parent: QWidget) -> QWidget:
    """Return a panel that holds a widget under a quiet heading."""
    panel = QWidget(parent)
    panel.setObjectName("panel")
    panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if title:
        heading = QLabel(title, panel)
        heading.setObjectName("panelHeading")
        column.addWidget(heading)
    column.addWidget(content, 1)
    return panel
