"""Whatever stands in a file, every reader of marked-up corpora ends in articles or problems."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import Found, Foundation, LabelledArticle
from annotator.core.model import Problem
from annotator.formats.cas.cas_json import CasJsonWriter, read_cas_json
from annotator.formats.cas.xmi import XmiWriter
from annotator.formats.cas.xmi_reading import read_xmi
from annotator.formats.citron.format import CitronWriter
from annotator.formats.citron.reading import read_citron
from annotator.formats.tei.format import StandoffWriter, TeiWriter
from annotator.formats.tei.reading import read_tei
from annotator.formats.values import from_text, text_from, to_text
from annotator.formats.w3c.format import W3cWriter
from annotator.formats.w3c.reading import read_w3c
from annotator.formats.webanno.format import read_webanno
from tests.formats.marked import corpus, rich

Read = Callable[[Path], Iterator[Found]]

READERS: list[tuple[Any, Read]] = [
    (CasJsonWriter, read_cas_json),
    (XmiWriter, read_xmi),
    (W3cWriter, read_w3c),
    (TeiWriter, read_tei),
    (StandoffWriter, read_tei),
    (CitronWriter, read_citron),
]
ANY = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check(found: Iterator[Found]) -> None:
    for each in found:
        assert isinstance(each, LabelledArticle | Problem | Foundation)
        if isinstance(each, LabelledArticle):
            ids = {span.annotation for span in each.spans}
            for span in each.spans:
                assert each.article.text[span.start : span.end] == span.surface != ""
                assert isinstance(json.loads(span.attributes), dict)
                assert span.label.strip()
                assert span.state in ("accepted", "suggested", "rejected")
            for link in each.links:
                assert {link.from_id, link.to_id} <= ids and link.from_id != link.to_id


@pytest.mark.parametrize(
    "read", [read_cas_json, read_xmi, read_w3c, read_tei, read_citron, read_webanno]
)
@ANY
@given(
    raw=st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes(tmp_path: Path, read: Read, raw: bytes) -> None:
    file = tmp_path / "f"
    file.write_bytes(raw)
    check(read(file))


@pytest.mark.parametrize(("writer", "read"), READERS)
@ANY
@given(data=st.data())
def test_a_file_of_ours_that_is_cut_or_spoiled(
    tmp_path: Path, writer: Any, read: Read, data: Any
) -> None:
    raw = writer(corpus(rich())).file(writer(corpus(rich())).kept(rich()).labelled)
    at = data.draw(st.integers(0, len(raw)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(
        st.sampled_from([b"", b"0", b"999999", b'"', b"\xff", b"<", b"-1", b"null", b"#"])
    )
    file = tmp_path / f"f{writer.ending}"
    file.write_bytes(raw[:at] + put + raw[at + cut :])
    check(read(file))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 30) | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "%ID %TYPE @sofa begin end label value start text quotes cue sources contents target "
                "body selector exact id items".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@pytest.mark.parametrize("read", [read_cas_json, read_w3c, read_citron])
@ANY
@given(value=_JSON)
def test_any_values(tmp_path: Path, read: Read, value: Any) -> None:
    text = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Anne\r\nà 🌍"}
    shapes = [
        value,
        {"%FEATURE_STRUCTURES": [text, value, {"%ID": 2, "%TYPE": "x.Y", "begin": 0, "@z": value}]},
        {"text": "Anne\r\nà 🌍", "quotes": value, "coreference_groups": [value]},
        {"text": "Anne à", "quotes": [value, {"contents": [value, {"start": 0, "end": 2}]}]},
        {"items": [value, {"target": value, "body": value}]},
    ]
    file = tmp_path / "f.json"
    file.with_suffix(".txt").write_text("Anne à 🌍", "utf-8")
    for shape in shapes:
        file.write_text(json.dumps(shape), "utf-8")
        check(read(file))


@settings(max_examples=80)
@given(
    value=st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.text()
        | st.sampled_from(["42", "true", '"x"', "[1]", " 1", "NaN", "null", "\x02", "[" * 2000]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    )
)
def test_any_value_is_the_same_after_having_been_a_text(value: Any) -> None:
    text = to_text(value)
    assert from_text(text) == value
    assert type(from_text(text)) is type(value)
    if isinstance(value, str):
        assert text_from(text) == value
