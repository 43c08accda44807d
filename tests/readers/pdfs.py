"""Small PDFs, written by hand as ISO 32000-1 says, for what the programs of newspapers put into them."""

import zlib
from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 595, 842
LETTER = 0.6
"""The width of every letter of Courier, in sizes."""

_COURIER = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding"
    b" /FirstChar 32 /LastChar 255 /Widths [" + b"600 " * 224 + b"] >>"
)
_HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_DIFFERENT = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 1 /LastChar 6"
    b" /Widths [600 600 600 600 600 600] /Encoding << /Type /Encoding"
    b" /Differences [1 /eacute /fi /guillemotleft /quoteright /O /euro] >> >>"
)
_GLYPHS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Le /Encoding /Identity-H"
    b" /DescendantFonts [%d 0 R]%s >>"
)
_INNER = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Le /DW 600 /W [1 [600 600] 3 9 600]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)


def document(
    pages: Sequence[bytes], *, info: bytes = b"", letters: Sequence[str] = (), form: bytes = b""
) -> bytes:
    """Return a PDF of these content streams.

    Fonts: F1 Courier, F2 Helvetica without widths, F3 with glyph names, F4 whose glyphs 1, 2, 3 …
    stand for `letters`, F5 whose glyphs stand for nothing that is said. Im1 is a picture, Fm1 a
    `form`, 100 points to the right and up.
    """
    objects: list[bytes] = [b""] * 11
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2:5] = [_COURIER, _HELVETICA, _DIFFERENT]
    objects[5] = _GLYPHS % (8, b" /ToUnicode 9 0 R" if letters else b"")
    objects[6] = _GLYPHS % (8, b"")
    objects[7] = _INNER
    objects[8] = stream(_to_unicode(letters))
    objects[9] = stream(
        b"\x80",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
    )
    objects[10] = stream(
        form,
        b"/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Matrix [1 0 0 1 100 100]"
        b" /Resources << /Font << /F1 3 0 R >> >>",
    )
    resources = (
        b"<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R /F5 7 0 R >>"
        b" /XObject << /Im1 10 0 R /Fm1 11 0 R >> >>"
    )
    kids = []
    for content in pages:
        objects.append(stream(content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources %s >>"
            % (WIDTH, HEIGHT, len(objects), resources)
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed)
    trailer = b""
    if info:
        objects.append(info)
        trailer = b" /Info %d 0 R" % len(objects)
    return _file(objects, trailer)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a compressed stream."""
    packed = zlib.compress(data)
    head = b"<< /Length %d /Filter /FlateDecode %s >>" % (len(packed), entries)
    return head + b"\nstream\n" + packed + b"\nendstream"


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    written = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R%s >>\n" % (len(objects) + 1, trailer)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)


def _to_unicode(letters: Sequence[str]) -> bytes:
    rows = [
        f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>"
        for code, letter in enumerate(letters, start=1)
    ]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(rows)} beginbfchar\n" + "\n".join(rows) + "\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def string(text: str) -> bytes:
    """Return a text as a string of a PDF, in WinAnsiEncoding."""
    raw = text.encode("cp1252")
    return b"<" + raw.hex().encode() + b">"


def show(
    x: float, y: float, text: str, size: float = 10, font: str = "F1", word: float = 0
) -> bytes:
    """Return the operations that show a line; `word` is added to each of its spaces."""
    head = f"BT /{font} {size} Tf {word} Tw {x} {y} Td ".encode()
    return head + string(text) + b" Tj ET\n"


def wrapped(text: str, letters: int) -> list[str]:
    """Return a text in lines of at most so many letters; no-break spaces hold words together."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def column(
    x: float, y: float, paragraphs: Sequence[str], letters: int, size: float = 10, indent: int = 2
) -> list[tuple[float, bytes]]:
    """Return the lines of a justified column, each with its height: first lines are indented."""
    drawn = []
    for paragraph in paragraphs:
        lines = wrapped("_" * indent + paragraph, letters)
        for number, wide in enumerate(lines):
            inset = 0 if number else indent
            line = wide[inset:]
            start = x + inset * LETTER * size
            room = letters - len(wide)
            gaps = line.count(" ")
            stretch = room * LETTER * size / gaps if gaps and number < len(lines) - 1 else 0
            drawn.append((y, show(start, y, line, size, word=stretch)))
            y -= 1.2 * size
    return drawn


def down(*columns: Sequence[tuple[float, bytes]]) -> bytes:
    """Return columns one after the other."""
    return b"".join(line for each in columns for _y, line in each)


def across(*columns: Sequence[tuple[float, bytes]]) -> bytes:
    """Return columns as a printer has them: line by line across the page, in one text object."""
    rows: dict[float, list[bytes]] = {}
    for each in columns:
        for y, line in each:
            rows.setdefault(y, []).append(line)
    lines = b"".join(b"".join(rows[y]) for y in sorted(rows, reverse=True))
    # Within one text object a move counts from the line before, so each line gets a matrix.
    return b"BT\n" + _as_matrices(lines) + b"ET\n"


def _as_matrices(lines: bytes) -> bytes:
    moved = b""
    for line in lines.splitlines():
        words = line.split(b" ")
        at = words.index(b"Td")
        moved += b" ".join(
            (*words[1 : at - 2], b"1 0 0 1", *words[at - 2 : at], b"Tm", *words[at + 1 : -1])
        )
        moved += b"\n"
    return moved


PICTURE = b"q %d 0 0 %d 0 0 cm /Im1 Do Q\n" % (WIDTH, HEIGHT)


def info(entries: Mapping[str, str]) -> bytes:
    """Return properties, as UTF-16."""
    rows = (f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in entries.items())
    return b"<< " + " ".join(rows).encode() + b" >>"
