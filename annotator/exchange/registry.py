"""The formats by name; each is loaded when it is first asked for, so that help comes at once."""

from dataclasses import replace

from annotator.core.errors import UserError
from annotator.formats.base import Format
from annotator.language import _


def formats() -> list[Format]:
    """Return every format, those that can be written first."""
    from annotator.formats import iob2, native, records, table_writer, tables
    from annotator.readers import plain

    csv = replace(
        tables.CSV,
        title=_("CSV tables"),
        description=_(
            "Out: three CSV tables for R, pandas and spreadsheets. "
            "In: one article a row, in a file with a text column."
        ),
        writer=table_writer.TableWriter,
    )
    text = Format(
        "txt",
        _("Plain text"),
        _("One article a file, in any of the usual encodings; what its head says is read."),
        plain.SUFFIXES,
        read=plain.read,
    )
    return [native.FORMAT, csv, iob2.FORMAT, text, records.JSON]


def format_named(name: str) -> Format:
    """Return a format by its name. Raises UserError, naming those there are."""
    known = {known.name: known for known in formats()}
    if name not in known:
        raise UserError(
            _("There is no format “{name}”; there are {names}.").format(
                name=name, names=", ".join(known)
            )
        )
    return known[name]
