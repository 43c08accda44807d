"""Writes Label Studio's JSON: a task an article, and the labelling configuration beside them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import Any, ClassVar

import orjson

from annotator.core.corpus import Corpus, Found, LabelledArticle, Span, by_annotation
from annotator.core.formats import BY_DEFAULT, Loss, Part, Writing
from annotator.formats.article_writer import Prove
from annotator.formats.continuing import parted, unmistaken
from annotator.formats.holding import Kept, leave_out, loss
from annotator.formats.labelstudio.config import CONFIG, ENTITY, LABEL, NOTE, TEXT, Controls
from annotator.formats.labelstudio.reading import Seen, read_task
from annotator.formats.lines import Line
from annotator.formats.record_writer import Output, RecordWriter, words_of
from annotator.formats.register import as_row, mentioned
from annotator.formats.spans import json_text
from annotator.language import _

_RESERVED = frozenset(("text", "meta"))


class LabelStudioWriter(RecordWriter):
    """Writes `tasks.json`, to be imported, and `config.xml`, the labelling configuration.

    What was accepted is one annotation of a task, without `completed_by`: Label Studio refuses a
    file that names people it does not know. Who labelled stands in the `meta` of a region, which it
    keeps. Suggestions are one prediction.
    """

    holds = frozenset[Part](
        ("overlaps", "fragments", "links", "attributes", "notes", "entities")
        + ("annotators", "states", "metadata")
    )
    head: ClassVar[bytes] = b"[\n"
    between: ClassVar[bytes] = b",\n"
    foot: ClassVar[bytes] = b"\n]\n"
    reserved: ClassVar[frozenset[str]] = _RESERVED

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._controls = Controls(corpus.scheme)

    def data(self, target: Path) -> Path:
        """Return the file that the tasks go to."""
        return target / "tasks.json"

    @contextmanager
    def opened(self, target: Path) -> Iterator[Prove]:
        """Write the configuration last, when all that is asked is known."""
        with super().opened(target) as prove:
            yield prove
        with Output(target / CONFIG) as output:
            output.put(self._controls.xml().encode())
        self.digests[CONFIG] = output.digest

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what Label Studio holds: nothing rejected, nothing between two results."""
        kept = super().kept(labelled)
        if any(span[11] != "accepted" for span in labelled.spans):
            kept = self._settled(kept)
        if any(span[6] != "{}" for span in kept.labelled.spans):
            kept = self._named(kept)
        return unmistaken(kept, self.labels)

    def _settled(self, kept: Kept) -> Kept:
        """Leave out what was rejected, what is suggested though it is accepted, and links between."""
        shapes: dict[str, tuple[Any, ...]] = {}
        states: dict[str, str] = {}
        for group in by_annotation(kept.labelled.spans):
            first = group[0]
            shapes[first.annotation] = first.label, *(span[3:5] for span in group)
            states[first.annotation] = first.state
        accepted = {shape for id_, shape in shapes.items() if states[id_] == "accepted"}
        reasons = {
            id_: _("It was rejected.")
            if state == "rejected"
            else _("It is only suggested where the same has been accepted.")
            for id_, state in states.items()
            if state == "rejected" or (state == "suggested" and shapes[id_] in accepted)
        }
        return self._apart(leave_out(kept, reasons, self.labels), states)

    def _apart(self, kept: Kept, states: Mapping[str, str]) -> Kept:
        labelled = kept.labelled
        first = {span.annotation: span for span in labelled.spans if span.n == 0}
        reason = _("It joins a suggestion to what was accepted: these are apart in Label Studio.")
        losses, links = list(kept.losses), []
        for link in labelled.links:
            if states[link.from_id] == states[link.to_id]:
                links.append(link)
                continue
            span = first[link.from_id]
            label = self.labels[span.label]
            losses.append(
                loss(labelled, span, label, "left out", reason, kind="link", thing=link.id)
            )
        return Kept(labelled._replace(links=links), losses)

    def _named(self, kept: Kept) -> Kept:
        """Return attributes under the names that they have in the configuration."""
        labelled, losses = kept.labelled, list(kept.losses)
        spans = []
        for span in labelled.spans:
            attributes = json.loads(span.attributes)
            named = {self._controls.name(name): value for name, value in attributes.items()}
            if named.keys() != attributes.keys() and span.n == 0:
                losses += self._respelled_attributes(labelled, span, attributes)
            spans.append(span._replace(attributes=json_text(named)) if named else span)
        return Kept(labelled._replace(spans=spans), losses)

    def _respelled_attributes(
        self, labelled: LabelledArticle, span: Span, attributes: Mapping[str, Any]
    ) -> Iterator[Loss]:
        reason = _("Its name is spelled otherwise in the file.")
        label = self.labels[span.label]
        for name in attributes:
            if self._controls.name(name) != name:
                thing = f"{span.annotation} {name}"
                yield loss(labelled, span, label, "changed", reason, kind="attribute", thing=thing)

    def record(self, labelled: LabelledArticle) -> bytes:
        """Return an article as a task; the annotations first, by which a file is recognised."""
        article = labelled.article
        apart = parted(labelled)
        task: dict[str, Any] = {"annotations": [], "predictions": []}
        suggested = [span for span in apart.spans if span[11] != "accepted"]
        accepted = (
            apart.spans
            if not suggested
            else [span for span in apart.spans if span[11] == "accepted"]
        )
        if accepted:
            annotation = {"result": self._result(accepted, apart), "ground_truth": False}
            if labelled.seconds:
                annotation["lead_time"] = sum(labelled.seconds.values())
            task["annotations"].append(annotation)
        if suggested:
            task["predictions"].append(self._prediction(suggested, apart))
        task["data"] = {"text": article.text, **words_of(article, _RESERVED)}
        entities = [as_row(entity) for entity in mentioned(labelled, self.corpus.entities)]
        if entities:
            task["meta"] = {"entities": entities}
        return orjson.dumps(task)

    def found(self, raw: bytes, place: str) -> Iterator[Found]:
        """Read a task as an import does."""
        return read_task(Line(place, orjson.loads(raw)), "", "", Seen())

    def _prediction(self, spans: list[Span], apart: LabelledArticle) -> dict[str, Any]:
        scores = [span.score for span in spans if span.score is not None]
        prediction: dict[str, Any] = {
            "model_version": ", ".join(sorted({span.origin for span in spans})),
            "result": self._result(spans, apart),
        }
        # Label Studio takes scores from 0 to 1 only.
        has_score = scores and min(scores) >= 0 and max(scores) <= 1
        return {**prediction, "score": fmean(scores)} if has_score else prediction

    def _result(self, spans: list[Span], apart: LabelledArticle) -> list[dict[str, Any]]:
        """Return the regions of some annotations, what is said of them, and their relations."""
        names = self.names
        result: list[dict[str, Any]] = []
        for number, span in enumerate(spans):
            start, end, surface = span[3], span[4], span[5]
            row: dict[str, Any] = {
                "id": f"r{number}",
                "from_name": LABEL,
                "to_name": TEXT,
                "type": "labels",
                "value": {"start": start, "end": end, "text": surface, "labels": [names[span[1]]]},
            }
            if span[9]:
                row["meta"] = {"annotator": span[9]}
            if span[12] is not None:
                row["score"] = span[12]
            result.append(row)
            if span[6] != "{}" or span[7] or span[8] is not None:
                result += self._answers(span, f"r{number}")
        if apart.links:
            ids = {span.annotation: f"r{number}" for number, span in enumerate(spans)}
            result += [
                self._relation(link.type, ids[link.from_id], ids[link.to_id])
                for link in apart.links
                if link.from_id in ids
            ]
        return result

    def _answers(self, span: Span, id_: str) -> Iterator[dict[str, Any]]:
        """Yield what is said of a region."""
        place = {"start": span.start, "end": span.end}
        for name, value in json.loads(span.attributes).items():
            control, kind, answer = self._controls.answer(name, value)
            yield _answer(id_, control, kind, place | answer)
        if span.note:
            yield _answer(id_, NOTE, "textarea", {**place, "text": [span.note]})
        if span.entity is not None:
            entity = self.corpus.entities.get(span.entity)
            name = entity.name if entity else span.surface
            yield _answer(id_, ENTITY, "textarea", {**place, "text": [name, span.entity]})

    def _relation(self, type_: str, source: str, target: str) -> dict[str, Any]:
        self._controls.relation(type_)
        return {
            "type": "relation",
            "from_id": source,
            "to_id": target,
            "direction": "right",
            "labels": [type_],
        }


def _answer(id_: str, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "from_name": control, "to_name": TEXT, "type": kind, "value": value}
