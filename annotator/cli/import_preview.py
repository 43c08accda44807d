"""What an import would bring, said on the command line."""

from annotator.cli.output import put_table, tell, tell_problems
from annotator.exchange.previewing import ArticlePreview, FilePreview, ImportPreview, LabelFate
from annotator.language import _, n_

_SHOWN = 40
"""Articles and files listed one by one; `--report` has more."""


def tell_preview(preview: ImportPreview) -> None:
    """Say what was recognised: files and articles as tables, the rest in sentences."""
    put_table([_file(file) for file in preview.files[:_SHOWN]] or [("",)])
    if preview.listed:
        put_table([_article(row) for row in preview.listed[:_SHOWN]])
    for fate in preview.labels:
        tell(_fate(fate))
    tell_problems(preview.problems)
    tell_problems(preview.remarks)
    tell(_sum(preview))


def _file(file: FilePreview) -> tuple[str, ...]:
    articles = n_("{n} article", "{n} articles", file.articles).format(n=file.articles)
    annotations = n_("{n} annotation", "{n} annotations", file.annotations)
    counts = f"{articles}, {annotations.format(n=file.annotations)}"
    return file.path.name, file.format, file.encoding, counts


def _article(row: ArticlePreview) -> tuple[str, ...]:
    article = row.article
    characters = n_("{n} character", "{n} characters", row.characters).format(n=row.characters)
    return (
        article.title[:60],
        article.published,
        article.source[:24],
        article.author[:24],
        characters,
        str(row.twin or ""),
    )


def _fate(fate: LabelFate) -> str:
    if not fate.becomes:
        return _("Label {name} ({count}): skipped").format(name=fate.name, count=fate.count)
    told = (
        _("Label {name} ({count}): a new label {becomes}")
        if fate.is_new
        else _("Label {name} ({count}): becomes {becomes}")
    )
    return told.format(name=fate.name, count=fate.count, becomes=fate.becomes)


def _sum(preview: ImportPreview) -> str:
    told = _(
        "Would come in: articles {articles}, annotations {annotations}. There already: {same}. "
        "Nearly the same as another: {alike}."
    )
    return told.format(
        articles=preview.articles - preview.same,
        annotations=preview.annotations,
        same=preview.same,
        alike=preview.alike,
    )
