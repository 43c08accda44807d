"""What a model is to answer for an article: words as they stand in the text, which of them, and links."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.scheme import Scheme
from annotator.formats.chat.aligning import Places
from annotator.formats.chat.prompts import LINKS, key_of, keys, roles


def answer(labelled: LabelledArticle, scheme: Scheme) -> dict[str, Any]:
    """Return the answer: a list for each group of labels, in the order of the text, empty or not.

    A word is given with its occurrence, from 1, if it stands in the text more than once.
    """
    found: dict[str, Any] = {key: [] for key in keys(scheme)}
    places = Places(labelled.article.text)
    items: dict[str, dict[str, Any]] = {}
    numbers: Counter[str] = Counter()
    for group in by_annotation(labelled.spans):
        label = scheme.label(group[0].label)
        key = key_of(label)
        numbers[key[:1]] += 1
        id_ = f"{key[:1]}{numbers[key[:1]]}"
        item = {"id": id_, "label": label.name, **_said(group, places)}
        if group[0].attributes != "{}":
            item["attributes"] = json.loads(group[0].attributes)
        items[group[0].annotation] = item
        found[key].append(item)
    links = _put_links(labelled, scheme, items)
    return found | ({LINKS: links} if links or scheme.links else {})


def _said(group: list[Span], places: Places) -> dict[str, Any]:
    words = [span.surface for span in group]
    counts = [places.count(span.surface, span.start) for span in group]
    said: dict[str, Any] = {"text": words if len(words) > 1 else words[0]}
    if any(places.is_repeated(word) for word in words):
        said["occurrence"] = counts if len(counts) > 1 else counts[0]
    return said


def _put_links(
    labelled: LabelledArticle, scheme: Scheme, items: Mapping[str, dict[str, Any]]
) -> list[dict[str, str]]:
    """Put what fills a slot into the item that has it; return the links that are none."""
    labels = {span.annotation: span.label for span in labelled.spans}
    rest = []
    for link in labelled.links:
        role = roles(scheme.label(labels[link.from_id])).get(link.type)
        source, target = items[link.from_id], items[link.to_id]["id"]
        if role is None:
            rest.append({"type": link.type, "from": source["id"], "to": target})
        elif role in source:
            before = source[role]
            source[role] = [*(before if isinstance(before, list) else [before]), target]
        else:
            source[role] = target
    return rest
