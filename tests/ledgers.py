"""A project in which people speak: made once, for all tests of the ledger."""

from pathlib import Path

from annotator.core.corpus import LabelledArticle
from annotator.core.model import AnnotationState, Article, Entity
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import annotations, bulk, entities, frames
from annotator.store.deed import Deed
from annotator.store.project import Project

NEWS = read_scheme(resource("schemes", "news.toml"))
QUOTE = NEWS.label("quote")
SLOTS = {slot.name: slot for slot in QUOTE.slots}

VOTE = Article(
    "vote",
    "« Nous gagnerons », assure Geneviève Bruneau, « et sans peine ». « Enfin ! », ajoute-t-elle.\n\n"
    "Le maire souligne l’importance du vote. « Jamais de la vie », lance M. Roy à l’AFP.\n\n"
    "« On verra bien », selon un proche. « Trop tard. »",
    title="Vote",
    source="Le Télégramme",
    published="2019-01-04",
)
WALK = Article(
    "walk",
    "« Nous marchons », écrivent Mme Bruneau et la Ville de Lyon. « Au pas », dit M. ROY. « Bien. »",
    title="Marche",
    source="La Voix",
    published="2019-02-11",
)
EMPTY = Article("empty", "Nothing was said in Leeds.", title="Nothing")
BRUNEAU = Entity("bruneau", "Geneviève Bruneau", "person", gender="female")
LYON = Entity("lyon", "Ville de Lyon", "organisation", gender="not applicable")


def say(
    deed: Deed,
    article: Article,
    *contents: str,
    source: str = "",
    entity: Entity | None = None,
    cue: str = "",
    addressee: str = "",
    state: AnnotationState = AnnotationState.ACCEPTED,
    **attributes: str | bool,
) -> str:
    """Annotate a quote with its parts, found by their words, and return its id."""
    named = {name.replace("_", " "): value for name, value in attributes.items()}
    origin = "hand" if state is AnnotationState.ACCEPTED else "quotes"
    quote = annotations.add(
        deed,
        article,
        QUOTE.id,
        [_range(article, content) for content in contents],
        attributes=named,
        state=state,
        origin=origin,
    )
    for slot, label, words in (
        ("source", "per", source),
        ("cue", "cue", cue),
        ("addressee", "org", addressee),
    ):
        if words:
            _fill(deed, article, quote, slot, label, words, entity if slot == "source" else None)
    return quote


def add_source(deed: Deed, article: Article, quote: str, words: str, entity: Entity) -> None:
    """Let another one speak a quote, too."""
    _fill(deed, article, quote, "source", "org", words, entity)


def make(path: Path) -> Path:
    """Make a project of three articles and eight accepted quotes, and close it."""
    with Project.create(path, NEWS) as project:
        project.do("Import", _bring_in, annotator="Ada")
        project.do("Quotes", _speak, annotator="Ada")
    return path


def _bring_in(deed: Deed) -> None:
    articles = [LabelledArticle(article, [], []) for article in (VOTE, WALK, EMPTY)]
    bulk.add_articles(deed, articles, {}, bulk.Added())
    entities.add(deed, BRUNEAU)
    entities.add(deed, LYON)


def _speak(deed: Deed) -> None:
    say(
        deed,
        VOTE,
        "« Nous gagnerons »",
        "« et sans peine »",
        source="Geneviève Bruneau",
        entity=BRUNEAU,
        cue="assure",
        type="direct",
    )
    say(deed, VOTE, "« Enfin ! »", source="elle", entity=BRUNEAU, cue="ajoute", type="direct")
    say(
        deed,
        VOTE,
        "l’importance du vote",
        source="Le maire",
        cue="souligne",
        type="indirect",
        hedged=True,
        source_kind="person",
    )
    say(deed, VOTE, "« Jamais de la vie »", source="M. Roy", cue="lance", addressee="l’AFP")
    say(deed, VOTE, "« On verra bien »", source="un proche", cue="selon", speaker="anonymous")
    say(deed, VOTE, "« Trop tard. »", type="direct")
    both = say(
        deed, WALK, "« Nous marchons »", source="Mme Bruneau", entity=BRUNEAU, cue="écrivent"
    )
    add_source(deed, WALK, both, "la Ville de Lyon", LYON)
    say(deed, WALK, "« Au pas »", source="M. ROY", cue="dit")
    say(deed, WALK, "« Bien. »", state=AnnotationState.SUGGESTED)


def _fill(
    deed: Deed,
    article: Article,
    quote: str,
    slot: str,
    label: str,
    words: str,
    entity: Entity | None,
) -> None:
    part = frames.fill_with(
        deed, article, quote, SLOTS[slot], NEWS.label(label), [_range(article, words)], adds=True
    )
    if entity:
        annotations.set_entity(deed, part, entity.id)


def _range(article: Article, words: str) -> tuple[int, int]:
    start = article.text.index(words)
    return start, start + len(words)
