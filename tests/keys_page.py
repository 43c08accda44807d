"""Writes the help pages on keys from the commands: `make keys`; a test asks whether they are current."""

import sys
from pathlib import Path

from annotator.gui.commands import Command, every_command, menus
from annotator.language import current_language, use_language

WORDS = {
    "en": {
        "title": "All keys",
        "intro": "Every command, in the order of the menus. **Ctrl+K** finds each by its name, **?** shows "
        "this list in the window. Keys can be changed in the preferences.",
        "command": "command",
        "keys": "keys",
        "letters": "Letters",
        "label": "The letter of a label labels the selection, or the word under the caret, or gives the "
        "selected annotation another label. The palette shows the letters; they belong to the scheme of "
        "the project, see [Labels](labels.md).",
        "slots": "While a quote is at work, S, C and A fill its source, cue and addressee, with Shift "
        "another one, and the digits take a likely speaker. So do the letters of any label's slots: see "
        "[Quotes](quotes.md).",
        "caret": "Arrows, Home, End, Page Up and Page Down move the caret, with Shift they extend the "
        "selection: see [Labelling](labelling.md).",
    },
    "fr": {
        "title": "Toutes les touches",
        "intro": "Toutes les commandes, dans l’ordre des menus. **Ctrl+K** trouve chacune par son nom, **?** "
        "affiche cette liste dans la fenêtre. Les touches se changent dans les préférences.",
        "command": "commande",
        "keys": "touches",
        "letters": "Lettres",
        "label": "La lettre d’une étiquette étiquette la sélection, ou le mot sous le curseur, ou donne une "
        "autre étiquette à l’annotation sélectionnée. La palette montre les lettres ; elles font partie du "
        "schéma du projet, voir [Étiquettes](labels.md).",
        "slots": "Quand une citation est en cours, S, C et A remplissent sa source, son introducteur et "
        "son destinataire, avec Maj un de plus, et les chiffres prennent un locuteur probable. Il en va de "
        "même des lettres des places de toute étiquette : voir [Citations](quotes.md).",
        "caret": "Les flèches, Début, Fin, Page haut et Page bas déplacent le curseur ; avec Maj, elles "
        "étendent la sélection : voir [Annoter](labelling.md).",
    },
}

KEYS = {
    "en": {"Return": "Enter", "Del": "Delete", "Up": "↑", "Down": "↓"},
    "fr": {
        "Return": "Entrée",
        "Enter": "Entrée",
        "Del": "Suppr",
        "Backspace": "Retour arrière",
        "Esc": "Échap",
        "Shift": "Maj",
        "Up": "↑",
        "Down": "↓",
    },
}


def page(language: str) -> str:
    """Return the page in a language, Markdown; the commands speak that language for the while."""
    before = current_language()
    use_language(language)
    try:
        return "\n".join(_lines(WORDS[language], language)) + "\n"
    finally:
        use_language(before)


def _lines(words: dict[str, str], language: str) -> list[str]:
    lines = [f"# {words['title']}", "", words["intro"], "", f"## {words['letters']}", ""]
    lines += [words["label"], "", words["slots"], "", words["caret"]]
    for menu, title in menus().items():
        commands = [command for command in every_command() if command.menu == menu]
        lines += ["", f"## {title.replace('&', '')}", ""]
        lines += [f"| {words['command']} | {words['keys']} |", "|---|---|"]
        lines += [f"| {command.text} | {_keys(command, language)} |" for command in commands]
    return lines


def _keys(command: Command, language: str) -> str:
    return ", ".join(dict.fromkeys(_spoken(keys, language) for keys in command.keys))


def _spoken(keys: str, language: str) -> str:
    """Return portable key text as it stands on a keyboard of that language."""
    head, plus, last = keys.rpartition("+") if not keys.endswith("+") else (keys[:-2], "+", "+")
    if not head:
        return KEYS[language].get(keys, keys)
    parts = [*head.split("+"), last]
    return plus.join(KEYS[language].get(part, part) for part in parts)


def main(folder: Path) -> None:
    for language in WORDS:
        (folder / language / "keys.md").write_text(page(language), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
