"""Mails become articles; nothing that is attached to them goes without a word."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Article, Document, Problem, Remark
from annotator.readers.streams.mail import read

TEXT = "«\u00a0Le budget est voté\u202f!\u00a0», dit-elle à l’école 👩‍👩‍👧.\n\nFin de\u2028la e\u0301tude."


def mail(text: str = TEXT, **more: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Anne Roy <anne@courrier.example>"
    message["Subject"] = (
        "Le budget\u00a0: voté à l’unanimité, ou presque, par le conseil municipal de la ville"
    )
    message["Date"] = "Sun, 12 May 2024 08:15:00 +0200"
    message["Message-ID"] = "<1@courrier.example>"
    for name, value in more.items():
        message[name] = value
    message.set_content(text)
    return message


def found(
    folder: Path, raw: bytes, name: str = "a.eml", how: Reading = AS_IT_IS
) -> list[Document | Problem]:
    file = folder / name
    file.write_bytes(raw)
    return list(read(file, how))


def article(folder: Path, raw: bytes, how: Reading = AS_IT_IS) -> Article:
    (document,) = (each for each in found(folder, raw, how=how) if isinstance(each, Document))
    return document.article


def test_a_mail_becomes_an_article_with_what_its_headers_say(tmp_path: Path) -> None:
    read_ = article(tmp_path, mail().as_bytes())
    assert read_.text == TEXT
    assert read_.title.startswith("Le budget\u00a0: voté à l’unanimité, ou presque")
    assert (read_.author, read_.published, read_.language) == ("Anne Roy", "2024-05-12", "fr")
    assert read_.meta == {
        "published_at": "2024-05-12T08:15:00+02:00",
        "email": "anne@courrier.example",
        "id": "1@courrier.example",
        "file": "a.eml",
    }


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_however_the_text_is_packed_no_character_changes(tmp_path: Path, transfer: str) -> None:
    message = mail()
    message.set_content(TEXT, cte=transfer)
    assert article(tmp_path, message.as_bytes()).text == TEXT


def test_attachments_are_named(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan été.pdf")
    message.add_attachment(mail("Le premier message, plus ancien."))
    remark, document = found(tmp_path, message.as_bytes())
    assert isinstance(remark, Remark)
    assert "2 attachments were not read: plan été.pdf, Le budget\u00a0: voté" in remark.message
    assert isinstance(document, Document)
    assert document.article.text == TEXT


def test_of_two_ways_to_say_the_same_the_plain_one_is_read_unless_it_says_little(
    tmp_path: Path,
) -> None:
    message = mail()
    message.add_alternative(f"<p><b>{TEXT}</b></p>", subtype="html")
    assert article(tmp_path, message.as_bytes()).text == TEXT
    stub = mail("Lire en ligne.")
    stub.add_alternative(f"<style>p</style><p>Un&nbsp;mot&#8239;!</p><p>{TEXT}</p>", subtype="html")
    text = article(tmp_path, stub.as_bytes()).text
    assert text == f"Un\u00a0mot\u202f!\n\n{TEXT.replace(chr(10) * 2, ' ')}"


def test_flowed_lines_are_joined_and_quotations_kept(tmp_path: Path) -> None:
    message = mail("")
    message.set_content(
        "Le conseil a \nvoté le budget.\n> Une citation \n> qui suit\n \n-- \nAnne\n"
    )
    message.set_param("format", "flowed")
    assert article(tmp_path, message.as_bytes()).text == (
        "Le conseil a voté le budget.\n> Une citation qui suit\n\n-- \nAnne"
    )


def test_old_mails_without_charset_are_read_and_the_user_may_name_it(tmp_path: Path) -> None:
    head = b"From: a@b.c\nSubject: Caf\xe9\n\n"
    assert article(tmp_path, head + "L’élève, où ça ?".encode("cp1252")).text == "L’élève, où ça ?"
    klingon = b"From: a@b.c\nContent-Type: text/plain; charset=klingon\n\n"
    assert (
        article(tmp_path, klingon + "déjà vu à l'école".encode("cp1252")).text
        == "déjà vu à l'école"
    )
    russian = head + "Владимир".encode("koi8-r")
    assert article(tmp_path, russian, Reading(encoding="koi8-r")).text == "Владимир"


def test_a_mailbox_gives_an_article_for_each_mail(tmp_path: Path) -> None:
    mails = [mail("Un."), mail("\nFrom là-bas, dit-il.\n>From ici.\n"), mail("")]
    box = b"".join(
        b"From anne@courrier.example Sun May 12 08:15:00 2024\n"
        + each.as_bytes(unixfrom=False)
        .replace(b"\n>From ", b"\n>>From ")
        .replace(b"\nFrom ", b"\n>From ")
        .replace(b"\n>From: ", b"\nFrom: ")
        + b"\n"
        for each in mails
    )
    one, two, empty = found(tmp_path, box, "a.mbox")
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.place, one.article.text) == ("a.mbox, mail 1", "Un.")
    assert two.article.text == "From là-bas, dit-il.\n>From ici."
    assert str(empty) == "a.mbox, mail 3: It holds no text."


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.eml", b""),
        ("a.eml", b"Un texte sans rien devant.\n\nOui."),
        ("a.eml", b"Subject: vide\n\n  \n"),
        ("a.eml", b"Subject: x\nContent-Type: text/plain\n\n%PDF-1.4 \xe2"),
        ("a.mbox", b"Ce n'est pas une boite.\n"),
        ("a.eml", b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"),
    ],
)
def test_what_is_no_mail_is_named(tmp_path: Path, name: str, raw: bytes) -> None:
    (problem,) = found(tmp_path, raw, name)
    assert isinstance(problem, Problem)
    assert problem.place.startswith(name)


def test_parts_without_end_are_not_followed(tmp_path: Path) -> None:
    deep = b"Subject: x\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(60)
    )
    assert all(isinstance(each, Problem) for each in found(tmp_path, deep))


def test_a_mail_that_breaks_off_gives_what_is_there(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"x" * 5000, maintype="image", subtype="png", filename="p.png")
    raw = message.as_bytes()
    remark, document = found(tmp_path, raw[: len(raw) - 900])
    assert "p.png" in str(remark)
    assert isinstance(document, Document)
    assert document.article.text == TEXT
