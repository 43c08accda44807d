"""A hundred short French articles with their entities, for the annotator who is simulated.

They are made up: paragraphs written for this, put together by subject and filled with names. Every article
brings people who stand in no other; politicians, organisations and towns come back as they do in one
newspaper. Seats of power are a place here and an institution there (Élysée, Washington), clubs are
called like towns, people by their full name, with Mme or M., or by the last name alone. Labels are PER
with the civility, ORG, LOC and DATE (day, month and year); titles and occupations are not labelled.

Limits: the prose is regular, the paragraphs come back with other names, and no annotator wavered. Names
that are told by the words around them are told by fewer words than in life; names that come back come
back about as often as in a local newspaper. The figures say what the keys cost, not how good rules are.
"""

import random
import re
from dataclasses import dataclass
from typing import NamedTuple

from tests.benchmarks.annotating_prose import TOPICS

COUNT = 100
SEED = 2018

PER, ORG, LOC, DATE = LABELS = ("per", "org", "loc", "date")


class Gold(NamedTuple):
    """One entity, `[start, end)` in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text and all that a perfect annotator labels in it, in text order."""

    id: str
    text: str
    gold: tuple[Gold, ...]


def articles(count: int = COUNT) -> list[GoldArticle]:
    """Return the first articles, always the same."""
    dice = random.Random(SEED)
    lasts = _LASTS.split()
    dice.shuffle(lasts)
    return [_article(dice, lasts, number) for number in range(count)]


def _article(dice: random.Random, lasts: list[str], number: int) -> GoldArticle:
    leads, bodies, ends = TOPICS[dice.choice(list(TOPICS))]
    paragraphs = [dice.choice(leads), *dice.sample(bodies, 3), dice.choice(ends)]
    cast = _Cast(dice, lasts[2 * number % len(lasts)], lasts[(2 * number + 1) % len(lasts)])
    text, gold = "", []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        for plain, slot in re.findall(r"([^{]*)(?:\{([^}]+)\})?", paragraph):
            text += plain
            for words, label in cast.written(slot) if slot else ():
                if label:
                    gold.append(Gold(len(text), len(text) + len(words), label))
                text += words
    return GoldArticle(f"gold{number:03}", text, tuple(gold))


_Words = list[tuple[str, str]]
"""Pieces one after another: words, and the label they have, "" for none."""


class _Cast:
    """Whom and what one article is about: who is called {A} is the same all through."""

    def __init__(self, dice: random.Random, last: str, other: str) -> None:
        first, civil = _first(dice)
        second, civil2 = _first(dice)
        nation, seat = dice.choice(_NATION), dice.choice(_SEATS)
        organisation, institution = dice.sample(_ORGANISATIONS, 2)
        towns = dice.choices(_TOWNS, cum_weights=_BY_RANK[: len(_TOWNS)], k=2)
        if towns[0] == towns[1]:
            towns[1] = dice.choice(_VILLAGES)
        if dice.random() < 0.35:
            towns[1] = f"{dice.choice(_SAINTS)}-{dice.choice(_ENDINGS)}"
        home, away = dice.sample(_CLUBS, 2)
        union, union_short = _organisation(dice, _UNIONS, _TRADES)
        group, group_short = _organisation(dice, _GROUPS, _CAUSES)
        civil_nation = "Mme" if nation.split()[0] in _WOMEN else "M."
        self._words: dict[str, _Words] = {
            "A": [(f"{first} {last}", PER)],
            "a": [(f"{civil} {last}", PER)],
            "aa": [(last, PER)],
            "B": [(f"{second} {other}", PER)],
            "b": [(f"{civil2} {other}", PER)],
            "N": [(nation, PER)],
            "n": [(f"{civil_nation} {nation.split(' ', 1)[1]}", PER)],
            "T": [(towns[0], LOC)],
            "U": [(towns[1], LOC)],
            "F": [("France", LOC)],
            "R": [(dice.choice(_REGIONS), LOC)],
            "O": [(union, ORG), (" (", ""), (union_short, ORG), (")", "")],
            "o": [(union_short, ORG)],
            "O2": [(group, ORG), (" (", ""), (group_short, ORG), (")", "")],
            "o2": [(group_short, ORG)],
            "Q": _with_article(organisation),
            "S": _with_article(institution),
            "E": [(seat[0], ""), (seat[1], ORG)],
            "P": [(seat[2], ""), (seat[1], LOC)],
            "X": [(home, ORG)],
            "Y": [(away, ORG)],
        }
        self._dice = dice

    def written(self, slot: str) -> _Words:
        if slot == "D":
            day = self._dice.randint(2, 28)
            return [(f"{day} {self._dice.choice(_MONTHS)} 2018", DATE)]
        first, *rest = [each for each in self._words[slot.lstrip("^")] if each[0]]
        if slot.startswith("^"):
            first = (first[0][0].upper() + first[0][1:], first[1])
        return [first, *rest]


def _first(dice: random.Random) -> tuple[str, str]:
    if dice.random() < 0.5:
        return dice.choice(_WOMEN), "Mme"
    return dice.choice(_MEN), "M."


def _organisation(
    dice: random.Random, heads: tuple[str, ...], tails: tuple[str, ...]
) -> tuple[str, str]:
    """Return a name and its acronym: of the words that are more than joints, the first letters."""
    name = f"{dice.choice(heads)} {dice.choice(tails)}"
    words = re.findall(r"\w+", name)
    return name, "".join(each[0] for each in words if len(each) > 3).upper()


def _with_article(organisation: str) -> _Words:
    """Return an organisation behind its article, which is not part of the name."""
    article = re.match(r"l’|l[ae] ", organisation)
    assert article is not None
    return [(article[0], ""), (organisation[article.end() :], ORG)]


_WOMEN = tuple(
    "Agathe Aïcha Amélie Anne Béatrice Camille Cécile Chantal Claire Élise Émilie Fanny Florence Hélène"
    " Inès Jeanne Judith Léa Louise Lucie Manon Marie Mathilde Nadia Nicole Pauline Rachel Sarah Sophie"
    " Valérie Yasmine Zoé".split()
)
_MEN = tuple(
    "Adrien Alain Antoine Arnaud Benoît Bruno Cédric Christian Damien Denis Étienne Farid François"
    " Gabriel Gérard Guillaume Hugo Jacques Jean Julien Karim Laurent Luc Marc Mathieu Nicolas Olivier"
    " Paul Pierre Rémi Samuel Thomas Vincent Youssef Yves".split()
)
_LASTS = (
    "Abadie Achard Allègre Amiot Ancelin Arnould Astruc Aubin Auclair Audouin Azéma Babin Baillet Barrault"
    " Baudoin Bazin Béchard Belanger Bellec Béraud Berthelot Besnard Bidault Blanchet Bodin Boisvert"
    " Bonneau Bossard Bouchet Boudreau Bourdin Bousquet Boutet Brassard Briand Brisson Brossard Brunel"
    " Bruneau Cabrol Cadieux Cailloux Calvet Caradec Carpentier Castaing Cazenave Chabert Chaix Chaput"
    " Charbonneau Chastel Chauvin Chénier Chevrier Choquette Clavel Clément Cloutier Colas Combes Cormier"
    " Cossette Couderc Courtois Cousteau Crépin Cusson Dagenais Dallaire Danjou Darrieux Daudet Delage"
    " Delmas Demers Desbiens Deschamps Desjardins Desmarais Devaux Doucet Drapeau Druon Dubreuil Duclos"
    " Dufresne Dumoulin Dupuis Durocher Duteil Duval Escande Esnault Estève Fabre Falardeau Faucher Favreau"
    " Ferland Feuillet Flamant Fleury Forget Fortier Foucault Fournel Frémont Gadbois Gaillard Galibert"
    " Gamelin Garneau Gascon Gaudreau Gendron Germain Gilbert Giraud Godbout Goulet Grandin Gravel Grenier"
    " Groulx Guérin Guilbert Guimond Hachette Hamelin Hardy Hébert Hervieux Houde Huard Imbert Jarry Jobin"
    " Jolivet Joubert Jourdain Juneau Kerbrat Labelle Labrecque Lachance Lacombe Ladouceur Laferrière"
    " Lagacé Lalonde Lamarre Lambert Landry Langlois Lapointe Larivière Lascaux Latour Laurin Lavigne"
    " Lebeau Leclair Lefort Legault Lemay Lépine Lessard Levasseur Lhermitte Loiseau Lussier Magnan"
    " Mailhot Malenfant Marchand Marcotte Marois Masson Maurel Mercier Meunier Michaud Mireault Montaigu"
    " Moreau Morin Nadeau Nolin Ouellet Pagès Paquin Paradis Pasquier Pelletier Perrault Picard Pinard"
    " Plourde Poirier Poulin Prévost Quesnel Racine Rancourt Raymond Renaud Richer Rivard Robillard Rocher"
    " Roussel Sabatier Savard Séguin Sicard Simard Tanguay Tardif Tessier Thériault Thibault Tremblay"
    " Trudel Turcotte Vachon Valois Verdier Viau Vigneault Villeneuve Voisin"
)
_NATION = (
    *(
        "Hélène Castelnau",
        "Bruno Delorme",
        "Nadia Benkacem",
        "Philippe Marchais",
        "Claire Aubertin",
    ),
    *("Vincent Lacaze", "Sophie Vernier", "Thomas Kerguelen"),
)
_TOWNS = (
    *(
        "Paris",
        "Lyon",
        "Marseille",
        "Nantes",
        "Lille",
        "Bordeaux",
        "Toulouse",
        "Rennes",
        "Strasbourg",
    ),
    *("Grenoble", "Montpellier", "Brest", "Rouen", "Dijon", "Reims", "Limoges", "Tours", "Bayonne"),
    *("Quimper", "Lorient", "Valence", "Perpignan", "Colmar", "Cherbourg"),
)
_BY_RANK = [sum(1 / (rank + 2) for rank in range(n + 1)) for n in range(40)]
"""Weights by which a town stands in the newspaper, added up."""

_VILLAGES = (
    "Montreuil-le-Gast",
    "Beaumont-du-Lac",
    "Pontchartrain",
    "Villers-la-Tour",
    "Castelnavet",
)
_SAINTS = tuple("Saint-Aubin Saint-Brice Sainte-Croix Saint-Denis Sainte-Luce Saint-Maur".split())
_ENDINGS = tuple(
    "des-Prés la-Forêt sur-Mer le-Vieux du-Mont les-Bains en-Plaine la-Rivière".split()
)
_REGIONS = tuple(
    "Bretagne Normandie Corse Belgique Tunisie Pologne Turquie Provence Moldavie".split()
)
_CLUBS = ("Lens", "Nantes", "Metz", "Lorient", "Lille", "Rennes", "Brest", "Reims", "Strasbourg")
_SEATS = (
    *(
        ("l’", "Élysée", "à l’"),
        ("", "Matignon", "à "),
        ("", "Bercy", "à "),
        ("", "Bruxelles", "à "),
    ),
    *(("", "Washington", "à "), ("", "Moscou", "à "), ("la ", "Maison-Blanche", "à la ")),
    ("le ", "Kremlin", "au "),
)
"""An article, a seat, and what stands before it where it is a place."""

_ORGANISATIONS = (
    *("la Croix-Rouge", "l’Agence régionale de santé", "la Banque postale", "la Ligue des droits"),
    *("la Fédération des maires", "l’Institut Montesquieu", "l’Université de Lyon", "la CGT"),
    *(
        "la Fondation Carnot",
        "l’Association des consommateurs",
        "la Chambre de commerce",
        "l’Insee",
    ),
)
_UNIONS = ("Syndicat national", "Comité régional", "Mouvement unitaire", "Collectif")
_TRADES = (
    "des cheminots",
    "des soignants",
    "des métallurgistes",
    "des enseignants",
    "des routiers",
)
_GROUPS = ("Association", "Alliance", "Union")
_CAUSES = ("des riverains", "pour le littoral", "des pêcheurs", "pour les rivières", "du bocage")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
