"""A dialog of a sentence, a longer text to read, and buttons, one of which copies the text."""

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
)


def lay_out_text(
    dialog: QDialog, sentence: str, text: str, name: str, buttons: QDialogButtonBox, copy: str
) -> QPlainTextEdit:
    """Fill the dialog and return the text's field; `name` is for those who hear it, `copy` a button's."""

    def on_copy_clicked() -> None:
        QApplication.clipboard().setText(field.toPlainText())

    label = QLabel(sentence, dialog)
    label.setWordWrap(True)
    field = QPlainTextEdit(text, dialog)
    field.setReadOnly(True)
    field.setAccessibleName(name)
    buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole).clicked.connect(on_copy_clicked)
    layout = QVBoxLayout(dialog)
    for widget in (label, field, buttons):
        layout.addWidget(widget)
    em = dialog.fontMetrics().height()
    dialog.resize(em * 44, em * 24)
    return field
