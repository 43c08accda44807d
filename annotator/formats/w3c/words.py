"""Names of the Web Annotation Data Model that we write and read, and the few of our own."""

import re
from urllib.parse import quote, unquote

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = "annotator"
OWN_SPACE = "urn:x-annotator:"
"""What the prefix of our own properties stands for: nothing that could be fetched."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def own(name: str) -> str:
    """Return the name of a property of ours."""
    return f"{OWN}:{name}"


def iri(kind: str, id_: str) -> str:
    """Return an id as an IRI."""
    return f"urn:uuid:{id_}" if _UUID.fullmatch(id_) else f"{OWN_SPACE}{kind}:{quote(id_, safe='')}"


def id_of(given: str, kind: str) -> str:
    """Return the id of an IRI that we made, "" for any other."""
    if given.startswith(f"{OWN_SPACE}{kind}:"):
        return unquote(given.removeprefix(f"{OWN_SPACE}{kind}:"))
    id_ = given.removeprefix("urn:uuid:")
    return id_ if _UUID.fullmatch(id_) else ""
