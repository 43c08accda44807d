"""Which pipeline of spaCy a project uses, and which of our labels stand for those it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from annotator.assist import labels, model_files
from annotator.core.errors import UserError
from annotator.core.scheme import Scheme
from annotator.formats.extras import lacking
from annotator.language import _
from annotator.store.project import Project
from annotator.suggest import spacy_pipeline

SETTING = "spacy"

TRAINED = "trained"
"""The pipeline that was trained on this project."""

_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("PER", "PERS", "PERSON"), "person"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "NORP"), "organisation"),
    **dict.fromkeys(("LOC", "GPE", "FAC", "LOCATION"), "place"),
    "DATE": "date",
    "TIME": "time",
    "MONEY": "amount",
    "PERCENT": "percentage",
}
"""What the labels of usual pipelines stand for (OntoNotes 5 and WikiNER)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pipeline by name, by folder, or TRAINED; "" for none. `labels` are ours by its own, "" for none."""

    pipeline: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    def label_of(self, theirs: str, scheme: Scheme) -> str:
        """Return the id of our label for one of the pipeline's, "" for none.

        Where nobody has chosen, it is the label of the same name or id, else that of the same kind.
        """
        in_use = {label.id for label in labels.plain(scheme)}
        if theirs in self.labels:
            chosen = self.labels[theirs]
        elif theirs in in_use:
            chosen = theirs
        elif (label := scheme.by_name(theirs)) and label.id in in_use:
            chosen = label.id
        else:
            chosen = labels.usual(scheme).get(_KINDS.get(theirs.upper(), ""), "")
        return chosen if chosen in in_use else ""


def read(project: Project) -> Choice:
    """Return what a project uses; what cannot be understood is as if nobody had chosen."""
    try:
        table = orjson.loads(project.setting(SETTING) or "{}")
        pipeline, chosen = table.get("pipeline", ""), table.get("labels", {})
        return Choice(str(pipeline), {str(k): str(v) for k, v in chosen.items()})
    except (orjson.JSONDecodeError, AttributeError):
        return Choice()


def write(project: Project, choice: Choice) -> None:
    """Keep the choice with the project; no deed. Raises UserError when it cannot be written to."""
    table = {"pipeline": choice.pipeline, "labels": dict(choice.labels)}
    project.choose(SETTING, orjson.dumps(table).decode())


def place(project: Path, pipeline: str) -> str:
    """Return the name or the folder under which spaCy finds a pipeline."""
    return str(trained_folder(project)) if pipeline == TRAINED else pipeline


def trained_folder(project: Path) -> Path:
    """Return the folder of the pipeline that was trained on a project, whether or not it exists."""
    return model_files.folder(project) / "spacy"


def available(project: Path) -> list[str]:
    """Return the pipelines there are: trained on this project, and installed."""
    trained = [TRAINED] if (trained_folder(project) / "meta.json").is_file() else []
    return [*trained, *spacy_pipeline.installed()]


def unable(project: Path, choice: Choice) -> str:
    """Return in a sentence why the chosen pipeline cannot be used, "" when it can; loads nothing."""
    missing = lacking("spacy", "spacy")
    if missing:
        return missing
    if not choice.pipeline:
        return _(
            "No pipeline of spaCy is chosen yet; “annotator spacy” or the page of the model does."
        )
    name = place(project, choice.pipeline)
    if (Path(name) / "meta.json").is_file() or _is_module(name):
        return ""
    if choice.pipeline == TRAINED:
        return _("No pipeline of spaCy was trained here yet; “annotator train --spacy” does.")
    return _(
        "There is no pipeline “{name}”; install it with: python -m spacy download {name}"
    ).format(name=name)


def load(project: Path, choice: Choice) -> Any:
    """Return the chosen pipeline. Raises UserError when it cannot be loaded."""
    name = place(project, choice.pipeline)
    try:
        return spacy_pipeline.load(name)
    except Exception as error:  # Somebody else's code and files: whatever they raise is said.
        raise UserError(
            _("The pipeline “{name}” cannot be loaded: {reason}").format(
                name=choice.pipeline, reason=str(error).partition("\n")[0]
            )
        ) from error


def _is_module(name: str) -> bool:
    try:
        return name.isidentifier() and find_spec(name) is not None
    except (ImportError, ValueError):
        return False
