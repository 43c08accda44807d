"""What a language model is told to do before it is given an article: in French or English, as that is."""

from collections.abc import Iterator
from types import MappingProxyType

from annotator.core.scheme import Label, Scheme

TEMPLATE = "annotator-chat/1"
"""Name and version of the words below, for reports: others would be another task."""

LINKS = "links"
TAKEN = ("id", "label", "text", "occurrence", "attributes")
"""The keys that an item of an answer has for itself."""

SPEAKER = MappingProxyType({"source": "speaker"})
"""Slots that go by another name in an answer: a source could be taken for that of the article."""

_WORDS = {
    "fr": """\
Tu annotes des articles de presse. Relève dans le texte de l'utilisateur tout ce que nomment les \
étiquettes ci-dessous, et réponds par un seul objet JSON, sans rien autour :
{form}

- « text » recopie les mots du texte sans y changer un signe ; en plusieurs morceaux, c'est une liste.
- « occurrence » dit, à partir de 1, laquelle c'est si ces mots se trouvent plusieurs fois dans le texte.
- « id » est propre à la réponse ; un rôle donne l'id d'un autre élément, ou une liste d'id.
- « attributes » est un objet, là où une étiquette a des attributs et qu'ils sont connus.
- Une liste reste vide quand il n'y a rien à relever.

Étiquettes :
{labels}""",
    "en": """\
You annotate newspaper articles. Find in the user's text all that the labels below name, and answer \
with one JSON object and nothing around it:
{form}

- “text” repeats the words of the text without changing a sign; in several pieces, it is a list.
- “occurrence” tells, from 1, which one it is where these words stand in the text several times.
- “id” belongs to the answer; a role gives the id of another item, or a list of ids.
- “attributes” is an object, where a label has attributes and they are known.
- A list stays empty where there is nothing to find.

Labels:
{labels}""",
}

_PARTS = {"fr": ("attributs", "rôles"), "en": ("attributes", "roles")}


def language(code: str) -> str:
    """Return the language to ask in: English for what is not known to be French."""
    return "fr" if code[:2].lower() in ("", "fr") else "en"


def prompt(scheme: Scheme, code: str) -> str:
    """Return the instruction for an article in a language."""
    lists = [f'"{key}": [{{"id", "label", "text", "occurrence"}}]' for key in keys(scheme)]
    if scheme.links:
        lists.append(f'"{LINKS}": [{{"type", "from", "to"}}]')
    labels = "\n".join(_said(label, code) for label in scheme.active)
    return _WORDS[code].format(form=f"{{{', '.join(lists)}}}", labels=labels)


def keys(scheme: Scheme) -> list[str]:
    """Return the lists of an answer, one for each group of labels."""
    return list(dict.fromkeys(key_of(label) for label in scheme.labels))


def key_of(label: Label) -> str:
    """Return the list of an answer that annotations of a label stand in."""
    return f"{label.group}_" if label.group == LINKS else label.group


def roles(label: Label) -> dict[str, str]:
    """Return what the slots of a label are called in an answer, but for those that would be unclear."""
    taken = (*TAKEN, *SPEAKER.values())
    names = [slot.name for slot in label.slots if slot.name not in taken]
    return {name: SPEAKER.get(name, name) for name in names}


def _said(label: Label, code: str) -> str:
    line = f"- {label.name} ({key_of(label)})"
    return " ; ".join((f"{line} : {label.description}".rstrip(": "), *_more(label, code)))


def _more(label: Label, code: str) -> Iterator[str]:
    attributes, slots = _PARTS[code]
    named = [
        f"{each.name} = {' | '.join(each.values)}" if each.values else each.name
        for each in label.attributes
    ]
    if named:
        yield f"{attributes} : {', '.join(named)}"
    if label.slots:
        yield f"{slots} : {', '.join(roles(label).values())}"
