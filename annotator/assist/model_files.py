"""What is kept of a model: a folder beside the project, which can be made again and is never needed.

`NAME.models` holds the model, a card that says what it is, and the order in which articles would teach
most. Every file is written whole or not at all; what is broken, foreign or older is told and ignored.
"""

import contextlib
import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from annotator.assist import labels
from annotator.core.errors import UserError
from annotator.core.scheme import Scheme
from annotator.language import _
from annotator.suggest.model.evaluation import Evaluation
from annotator.suggest.model.examples import Layer
from annotator.suggest.model.features import VERSION
from annotator.suggest.model.names import Names
from annotator.suggest.model.sequence_model import SequenceModel

CARD, QUEUE = "model.json", "queue.json"
_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of the archive: the same model gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a model is: on which articles it was trained and when (ISO 8601, UTC), how long that took
    (seconds, with judging it), how right it is, and which labels were too rare to learn.

    `done` counts the articles that were done then; `scheme` and `digest` are hashes of the labels it
    learnt from and of the model's file.
    """

    trained: str
    seconds: float
    articles: tuple[str, ...]
    done: int
    layers: tuple[Layer, ...]
    rare: tuple[str, ...]
    evaluation: Evaluation
    scheme: str
    digest: str = ""
    version: int = VERSION

    @property
    def labels(self) -> tuple[str, ...]:
        """The ids of the labels it learnt."""
        return tuple(label for layer in self.layers for label in layer.labels)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "trained": self.trained,
            "seconds": round(self.seconds, 2),
            "articles": list(self.articles),
            "done": self.done,
            "layers": [{"group": each.group, "labels": list(each.labels)} for each in self.layers],
            "rare": list(self.rare),
            "evaluation": self.evaluation.to_dict(),
            "scheme": self.scheme,
            "digest": self.digest,
            "version": self.version,
        }

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Self:
        """Return the card that `to_dict` wrote."""
        return cls(
            table["trained"],
            table["seconds"],
            tuple(table["articles"]),
            table["done"],
            tuple(Layer(row["group"], tuple(row["labels"])) for row in table["layers"]),
            tuple(table["rare"]),
            Evaluation.from_dict(table["evaluation"]),
            table["scheme"],
            table["digest"],
            table["version"],
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """The model of a project with its card; `trouble` says why one that is there cannot be used."""

    card: Card | None = None
    model: SequenceModel | None = None
    trouble: str = ""


def folder(project: Path) -> Path:
    """Return the folder for the models of a project, whether or not it exists."""
    return project.with_name(f"{project.stem}.models")


def scheme_hash(scheme: Scheme) -> str:
    """Return a hash of what matters to a model: which labels may be learnt, and their groups."""
    rows = sorted([label.id, label.group] for label in labels.plain(scheme))
    return blake2b(json.dumps(rows).encode(), digest_size=8).hexdigest()


def save(project: Path, model: SequenceModel, card: Card) -> None:
    """Put a model in the place of the one before. Raises UserError when it cannot be written."""
    packed = _packed(model)
    digest = blake2b(packed, digest_size=16).hexdigest()
    rows = {**card.to_dict(), "digest": digest}
    place = folder(project)
    with _told(place):
        place.mkdir(exist_ok=True)
        _write(place / f"{digest}.model", packed)
        _write(place / CARD, json.dumps(rows, ensure_ascii=False, indent=1).encode())
    # What a killed training left goes with the model before.
    for path in (*place.glob("*.model"), *place.glob(".*.model.*")):
        if path.name != f"{digest}.model":
            with contextlib.suppress(OSError):
                path.unlink()


def forget(project: Path) -> None:
    """Remove the model; where other files lie beside it, they and the folder stay. Raises UserError."""
    place = folder(project)
    with _told(place):
        for path in (place / CARD, place / QUEUE, *place.glob("*.model")):
            path.unlink(missing_ok=True)
    forget_read()


def forget_read() -> None:
    """Read every model from the disk again the next time."""
    _KEPT.clear()


_KEPT: dict[Path, tuple[tuple[int, int], Kept]] = {}
"""The models read last, by their card and the moment it was written: opening an article asks each time."""


def load(project: Path, scheme: Scheme) -> Kept:
    """Return the model of a project, read once as long as it stays the same; never raises."""
    path = folder(project) / CARD
    try:
        found = path.stat()
    except OSError:
        return Kept()
    stamp = found.st_mtime_ns, found.st_size
    kept = _KEPT.get(path)
    if kept is None or kept[0] != stamp:
        _KEPT.clear()
        kept = _KEPT[path] = (stamp, _read(path))
    return _fitting(kept[1], scheme)


def card(project: Path) -> Card | None:
    """Return the card of a project's model without reading the model; None where there is none."""
    try:
        return Card.from_dict(json.loads((folder(project) / CARD).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read(path: Path) -> Kept:
    damaged = Kept(
        trouble=_("The model in {folder} is damaged and is not used; train it again.").format(
            folder=path.parent
        )
    )
    try:
        table = json.loads(path.read_bytes())
        if table["version"] != VERSION:
            return Kept(
                trouble=_(
                    "The model in {folder} is from another version of Annotator; train it again."
                ).format(folder=path.parent)
            )
        card = Card.from_dict(table)
        packed = (path.parent / f"{card.digest}.model").read_bytes()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return damaged
    # CRFsuite trusts what it reads: only what we wrote ourselves is given to it.
    if blake2b(packed, digest_size=16).hexdigest() != card.digest:
        return damaged
    return Kept(card, _unpacked(packed, card.layers))


def _fitting(kept: Kept, scheme: Scheme) -> Kept:
    known = {label.id for label in labels.plain(scheme)}
    if kept.card is None or known & set(kept.card.labels):
        return kept
    return Kept(
        trouble=_("The model learnt labels that this project does not have; train it again.")
    )


def _packed(model: SequenceModel) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        names = json.dumps(model.names.to_dict(), ensure_ascii=True).encode()
        archive.writestr(_entry("names.json"), names)
        for number, layer in enumerate(model.trained):
            archive.writestr(_entry(f"{number}.crfsuite"), layer)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _unpacked(packed: bytes, layers: tuple[Layer, ...]) -> SequenceModel:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = Names.from_dict(json.loads(archive.read("names.json")))
        trained = [archive.read(f"{number}.crfsuite") for number in range(len(layers))]
    return SequenceModel.of(layers, names, trained)


def save_queue(project: Path, digest: str, doubts: Mapping[str, float]) -> None:
    """Keep how much each article would teach a model. Raises UserError when it cannot be written."""
    rows = {"model": digest, "doubts": dict(doubts)}
    place = folder(project)
    with _told(place):
        place.mkdir(exist_ok=True)
        _write(place / QUEUE, json.dumps(rows).encode())


def queue(project: Path, digest: str) -> dict[str, float]:
    """Return what was kept for this very model, by article; empty where there is nothing."""
    try:
        rows = json.loads((folder(project) / QUEUE).read_bytes())
        return dict(rows["doubts"]) if rows["model"] == digest else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _told(place: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence."""
    try:
        yield
    except OSError as error:
        raise UserError(
            _("The model cannot be kept in {folder}: {reason}.").format(
                folder=place, reason=error.strerror or error
            )
        ) from error
