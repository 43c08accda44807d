"""spaCy's own corpora, .spacy: read and written document by document, and proved by spaCy."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.core.corpus import Corpus, Found, LabelledArticle
from annotator.core.formats import (
    AS_IT_IS,
    BY_DEFAULT,
    Format,
    Loss,
    Part,
    Reading,
    Writer,
    Writing,
)
from annotator.core.model import Problem, Remark
from annotator.core.text import readable
from annotator.formats.columns.tag_layer import page
from annotator.formats.extras import lacking, need
from annotator.formats.fingerprints import Fingerprints
from annotator.formats.holding import held
from annotator.formats.spacy.docbin_file import DocBinFile
from annotator.formats.spacy.docbin_unpacked import Stored, stored
from annotator.formats.spacy.docs import GROUP, dress, strings
from annotator.formats.spacy.placing import Placer
from annotator.formats.spacy.reading import Account, articles
from annotator.language import _

_SMALL = 1 << 25
"""Bytes up to which a file is read again by spaCy alone, which holds all of it; beyond, part by part."""

_PROPOSED = 3
"""Tokens of the longest spans that spaCy's span categoriser proposes, as it is configured at first."""

_TOKENS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
"""What must come back of each token."""


def read_docbin(path: Path, _how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a `.spacy` file, then what was not taken over."""
    name = readable(path.name)
    wanted = lacking("spacy", "spacy")
    if wanted:
        yield Problem(name, wanted)
        return
    account = Account()
    try:
        for number, each in enumerate(stored(path), start=1):
            place = _("{file}, document {number}").format(file=name, number=number)
            yield from _found(each, place, account)
    except ValueError as error:
        told = _("It cannot be read as spaCy's documents: {reason}.")
        yield Problem(name, told.format(reason=error))
    yield from account.told(name)


def _found(each: Stored, place: str, account: Account) -> Iterator[Found]:
    """Yield what a document has, or why it is none."""
    try:
        found = [] if each.error else list(articles(each.doc, each.names, place, account))
        error = each.error
        account.keys.update(each.others)
    except Exception as raised:  # What spaCy says of a broken document may come at any look at it.
        found, error = [], str(raised)
    if error:
        yield Problem(place, _("The document cannot be read: {reason}.").format(reason=error))
    yield from found


class DocBinWriter(Writer):
    """Writes Docs cut by spaCy's tokenisers, then reads the file again by spaCy and compares."""

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        need("spacy", "spacy")
        super().__init__(corpus, how)
        self._names = {label.id: label.name for label in corpus.scheme.labels}
        self._placer = Placer(corpus, how)
        self._fingerprints = Fingerprints(self._names)
        self._size = 0
        self._longest = 0
        self.settings = self._settings()

    def losses(self) -> Iterator[Loss]:
        """Yield what tokens and their one layer of entities cannot hold."""
        for placing in self._placer.placings():
            yield from placing.losses

    def write(self, target: Path) -> Iterator[Loss]:
        """Write one document after another, keeping the fingerprint of each."""
        known = self.corpus.entities
        with DocBinFile(target) as file:
            for placing in self._placer.placings():
                words, labelled = self._placer.words, placing.labelled
                dress(words.doc, placing, words.places, self._names, known)
                ids = {span.annotation for span in labelled.spans}
                file.add(words.doc, strings(labelled, self._names, known), ids)
                self._fingerprints.keep(labelled, _tags(words.doc))
                counts = (len(span) for span in words.doc.spans[GROUP])
                self._longest = max(self._longest, 0, *counts)
                self.held.update(held(placing.whole, placing.losses))
                yield from placing.losses
            self._size = file.size
        self.settings = self._settings()

    def differences(self, target: Path) -> Iterator[Problem]:
        """Read every document by spaCy, and yield what is not as it was to be."""
        account = Account()
        docs = _by_spacy_alone(target) if self._size <= _SMALL else stored(target)
        for number, each in enumerate(docs, start=1):
            place = _("{file}, document {number}").format(file=target.name, number=number)
            for found in _found(each, place, account):
                if isinstance(found, LabelledArticle):
                    tags = _tags(each.doc)
                    yield from self._fingerprints.differences(found, tags, place)
                elif isinstance(found, Problem) and not isinstance(found, Remark):
                    yield found
        yield from self._fingerprints.missing(target.name)

    def _settings(self) -> dict[str, str]:
        longest = _("up to {count} tokens long; spancat proposes 1 to 3 unless told otherwise")
        settings = {
            "tokenizer": self._placer.words.name,
            "doc.ents": ", ".join(self._names[label] for label in self._placer.tagged),
            "read again by": f"spaCy {version('spacy')}",
        }
        if self._longest > _PROPOSED:
            settings['doc.spans["sc"]'] = longest.format(count=self._longest)
        return settings

    def shown(self, target: Path) -> str:
        """Return the tokens with their entities, and the spans, of a small file in words."""
        pages = []
        for each in _by_spacy_alone(target):
            tags = [_tag(token) for token in each.doc]
            spans = [(span.label_, span.text) for span in each.doc.spans[GROUP]]
            pages.append(page([token.text for token in each.doc], tags, spans))
        return "\n\n".join(pages)


def _tags(doc: Any) -> int:
    """Return a number for the tokens of a Doc, their entities, and its spans."""
    groups = ((name, [_span(span) for span in group]) for name, group in doc.spans.items())
    spans = tuple((name, *sorted(spans)) for name, spans in groups)
    return hash((doc.to_array(list(_TOKENS)).tobytes(), spans))


def _span(span: Any) -> tuple[int, ...]:
    return span.start, span.end, span.label, span.id, span.kb_id


def _tag(token: Any) -> str:
    """Return what is said of a token as an entity; "?" where nothing is known."""
    return f"{token.ent_iob_ or '?'}-{token.ent_type_}".removesuffix("-")


def _by_spacy_alone(path: Path) -> Iterator[Stored]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    for doc in DocBin().from_disk(path).get_docs(vocab):
        yield Stored(doc, lambda hashes: {hash_: vocab.strings[hash_] for hash_ in hashes})


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    own = _("doc.user_data")
    holds: MappingProxyType[Part, str] = MappingProxyType(
        {
            "overlaps": _('doc.spans["sc"]; the outermost entities also in doc.ents'),
            "fragments": _('spans of one id in doc.spans["sc"]'),
            "links": own,
            "attributes": own,
            "notes": own,
            "entities": _("doc.user_data; ids elsewhere as kb_id"),
            "annotators": own,
            "states": own,
            "metadata": own,
        }
    )
    return (
        Format(
            "spacy",
            _("spaCy documents"),
            _(
                "What spaCy trains on: tokens of its own, entities without overlap and all annotations "
                "as spans. Edges inside its tokens are moved, and come back only here."
            ),
            (".spacy",),
            read=read_docbin,
            writer=DocBinWriter,
            one_file=True,
            holds=holds,
            extra="spacy",
            on_tokens=True,
        ),
    )
