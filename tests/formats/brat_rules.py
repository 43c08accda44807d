"""What brat itself accepts, said again strictly: its reader's rules, without any of our own code.

After `server/src/annotation.py` and `projectconfig.py` of brat (2021): there a line that breaks a rule
does not stop the reading, it is silently no annotation; here it is an error.
"""

import re
from pathlib import Path
from typing import Any

TYPE = re.compile(r"[a-zA-Z0-9_-]+")
ID = re.compile(r"([TREAMN#])(\d+)")


def read(ann: Path) -> dict[str, Any]:
    """Return the lines of an `.ann` file by id; ValueError for whatever brat would not take."""
    text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
    found: dict[str, Any] = {}
    # As brat does: `readlines` of a codec ends lines at every sign that Unicode calls an end.
    for line in ann.read_bytes().decode("utf-8").splitlines():
        id_, tab, rest = line.partition("\t")
        match = ID.fullmatch(id_)
        if not match or not tab or id_ in found:
            raise ValueError(f"no id of its own: {line!r}")
        data, _tab, tail = rest.partition("\t")
        found[id_] = _RULES[match[1]](data, tail, text)
    for line in list(found.values()):
        missing = {id_ for id_ in line["needs"] if id_ not in found}
        if missing:
            raise ValueError(f"{missing} not defined")
    return found


def _bound(data: str, tail: str, text: str) -> dict[str, Any]:
    match = re.fullmatch(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)", data)
    if not match:
        raise ValueError(f"no offsets: {data!r}")
    ranges = [tuple(map(int, pair.split(" "))) for pair in match[2].split(";")]
    for number, (start, end) in enumerate(ranges):
        if not start < end <= len(text):
            raise ValueError(f"outside the text: {data!r}")
        if any(end >= low and start < high for low, high in ranges[:number]):
            raise ValueError(f"fragments overlap: {data!r}")
    if tail != " ".join(text[start:end] for start, end in ranges):
        raise ValueError(f"does not match: {tail!r}")
    return {"type": _type(match[1]), "ranges": ranges, "text": tail, "needs": []}


def _relation(data: str, tail: str, _text: str) -> dict[str, Any]:
    type_, *arguments = data.split()
    roles = [argument.split(":") for argument in arguments]
    if len(roles) != 2 or any(len(each) != 2 for each in roles) or roles[0][0] == roles[1][0]:
        raise ValueError(f"no two arguments: {data!r}")
    return {"type": _type(type_), "needs": [id_ for _role, id_ in roles]}


def _attribute(data: str, tail: str, _text: str) -> dict[str, Any]:
    match = re.match(r"(.+?) (.+?) (.+?)$", data) or re.match(r"(.+?) (.+?)$", data)
    if not match or not ID.fullmatch(match[2]):
        raise ValueError(f"no target: {data!r}")
    value = match[3] if match.re.groups == 3 else True
    return {"type": _type(match[1]), "value": value, "needs": [match[2]]}


def _reference(data: str, tail: str, _text: str) -> dict[str, Any]:
    match = re.fullmatch(r"(\S+) (\S+) (\S+?):(\S+)", data)
    if not match or not tail:
        raise ValueError(f"no reference: {data!r}")
    return {"type": match[1], "key": match[4], "name": tail, "needs": [match[2]]}


def _note(data: str, tail: str, _text: str) -> dict[str, Any]:
    type_, target = data.split()
    return {"type": type_, "text": tail, "needs": [target]}


def _type(word: str) -> str:
    if not TYPE.fullmatch(word):
        raise ValueError(f"no type: {word!r}")
    return word


_RULES = {"T": _bound, "R": _relation, "A": _attribute, "N": _reference, "#": _note}


def conf(path: Path) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Return the types of an `annotation.conf`, by section, each with its arguments."""
    sections: dict[str, dict[str, dict[str, list[str]]]] = {}
    section = ""
    for line in path.read_text("utf-8").split("\n"):
        head = re.fullmatch(r"\[(\w+)\]", line)
        if head:
            section = head[1]
            sections[section] = {}
        elif line.strip() and not line.startswith("#"):
            match = re.fullmatch(r"(\S+)(?:\s+(.*))?", line)
            if not match:
                raise ValueError(f"no type: {line!r}")
            arguments: dict[str, list[str]] = {}
            for argument in (match[2] or "").split(","):
                pair = re.fullmatch(r"(\S+?):(\S+)", argument.strip())
                if pair:
                    arguments[pair[1]] = pair[2].split("|")
                elif argument.strip():
                    raise ValueError(f"no argument: {argument!r}")
            if match[1] != "<OVERLAP>":
                _type(match[1])
            sections[section][match[1]] = arguments
    if list(sections) != ["entities", "relations", "events", "attributes"]:
        raise ValueError("sections are missing")
    return sections
