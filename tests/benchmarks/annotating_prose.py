"""Paragraphs of short newspaper articles, written for the simulated annotator, with places for names.

{A} is somebody of the article by full name, {a} with Mme or M., {aa} by the last name alone; {B} and {b}
a second person; {N} and {n} somebody of national politics. {T} and {U} are towns, {R} is a region or a
country, {F} is France. {O} is an organisation with its acronym behind it, {o} the acronym; {Q} and {S}
are organisations that come back in many articles. {E} is a seat of power that acts, {P} the same as a
place. {X} and {Y}
are clubs, called by their towns. {D} is a date. A ^ makes the first letter a capital.
"""

TOPICS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "politics": (
        (
            "Le maire de {T}, {A}, a présenté jeudi son budget devant une salle comble. Les impôts locaux"
            " n’augmenteront pas, a-t-il promis, malgré la baisse des dotations.",
            "{N} était attendu vendredi à {T}, où la réforme des retraites divise jusque dans son propre"
            " camp. La visite, préparée depuis le {D}, a duré moins de deux heures.",
            "Le conseil municipal de {T} a rejeté dans la nuit le projet de nouvelle mairie. {A}, à la"
            " tête de l’opposition, y voit « une victoire du bon sens ».",
        ),
        (
            "« Nous n’avons pas été écoutés », regrette {a}, qui a quitté la majorité en mars. À ses"
            " côtés, {B} parle d’un texte « écrit à la hâte ».",
            "{^E} n’a pas souhaité commenter. Mais dans l’entourage de {N}, on reconnaît que le"
            " calendrier est serré.",
            "Une réunion a eu lieu mardi {P} ; elle n’a rien donné. « On nous a reçus poliment », résume"
            " {b}, sans illusion.",
            "Selon {Q}, près d’un électeur sur trois hésite encore. Le chiffre a surpris jusqu’à {n}, qui"
            " tablait sur la moitié.",
            "La {R} attend, elle, les crédits promis. Son président, {B}, a écrit le {D} à {N} pour les"
            " réclamer.",
        ),
        (
            "Le vote aura lieu le {D}. D’ici là, {aa} et les siens iront de marché en marché, de {T} à"
            " {U}.",
            "{^E} tranchera, dit-on, avant l’été. {b} ne cache pas son impatience.",
            "Interrogée lundi, {Q} renvoie à son rapport. {n}, de son côté, ne veut plus en parler.",
        ),
    ),
    "strike": (
        (
            "Les salariés de l’usine de {T} ont voté mercredi la reconduction de la grève, à l’appel du"
            " {O}. La direction, elle, parle de surenchère.",
            "Deux cents infirmières ont défilé samedi dans les rues de {T} avec le {O}. En tête du"
            " cortège, {A} portait une pancarte : « À bout ».",
            "Plus un train entre {T} et {U} : le {O} a déposé un préavis qui court jusqu’au {D}.",
        ),
        (
            "« On ne lâchera rien », assure {A}, du {o} depuis onze ans. Derrière elle, des"
            " collègues venus de {U} reprennent le refrain.",
            "La direction a reçu le {o} deux fois, en présence d’un médiateur. {B}, directeur du site,"
            " évoque « des avancées réelles ».",
            "{^Q} soutient le mouvement du bout des lèvres. {^S} refuse, pour l’instant, de s’y joindre.",
            "À {U}, le dépôt est resté fermé toute la matinée. {b} a fait appel à des intérimaires, ce"
            " que le {o} dénonce.",
            "{N} a promis de recevoir les grévistes avant la fin du mois. {a} demande à voir.",
        ),
        (
            "Une assemblée est prévue à {T} le {D}. Le {o} y consultera sa base.",
            "Vendredi, {b} annoncera s’il saisit le tribunal. {^S} s’en tient au dialogue.",
            "« Que {N} vienne voir », lance {aa} avant de rejoindre le piquet.",
        ),
    ),
    "crime": (
        (
            "Un homme a été arrêté dimanche à {T} après trois cambriolages. Selon le procureur, {A}, il"
            " a reconnu les faits.",
            "Le procès de {A} s’est ouvert lundi devant la cour d’assises de {T}. Il y est question"
            " de deux millions d’euros détournés.",
            "Un incendie a détruit dans la nuit un entrepôt du port de {T}. Une trentaine de pompiers"
            " de {U} sont intervenus.",
        ),
        (
            "La défense, par la voix de {B}, conteste l’enquête. « Rien ne tient dans ce dossier »,"
            " dit {b}.",
            "Les premiers éléments, transmis le {D} au parquet de {T}, parlent d’un geste volontaire."
            " {^Q} s’est constituée partie civile.",
            "Des témoins ont vu une voiture grise filer vers {U}. {A} dit n’avoir rien entendu.",
            "Un expert venu de {R} a examiné les lieux. Son rapport sera remis à {b} avant le {D}.",
            "La famille de {aa} n’a pas souhaité s’exprimer. À {T}, on se souvient d’un voisin discret.",
        ),
        (
            "Le jugement est attendu le {D}. {b} a déjà annoncé un appel.",
            "Le parquet de {U} a ouvert une seconde enquête. On entendra {a} la semaine prochaine.",
            "La mairie de {T} a promis de reloger les familles. {^Q} a ouvert une collecte.",
        ),
    ),
    "sport": (
        (
            "{X} a battu {Y} samedi (2-1) et prend la tête du championnat. {A} a marqué les deux buts.",
            "Battue à domicile, l’équipe de {T} s’éloigne du podium. {A}, son entraîneur, accuse le"
            " calendrier.",
            "Un genou blessé, et {A} ne courra pas le marathon de {T}, malgré tout un hiver d’efforts à"
            " {U}.",
        ),
        (
            "« C’est une équipe jeune », rappelle {a}, venu de {R} l’an dernier. {B} restera"
            " sur le banc.",
            "{X} n’avait plus gagné à {U} depuis dix ans. {aa} allait alors à l’école.",
            "Le président du club, {B}, a reçu le {D} des investisseurs venus de {R}. Rien n’est signé.",
            "{^Q} a ouvert une enquête après les chants entendus en tribune. {Y} risque un match à"
            " huis clos.",
            "Samedi prochain, {X} recevra {Y}. {b} annonce déjà une équipe remaniée.",
        ),
        (
            "Prochain rendez-vous le {D}, à {U}. {aa} sera là, promis.",
            "Le club de {T} n’a pas dit son dernier mot. « On verra en mai », sourit {b}.",
            "{Y}, de son côté, cherche un gardien. On parle de {B}.",
        ),
    ),
    "health": (
        (
            "L’hôpital de {T} manque de lits, et l’hiver n’a pas commencé. {A}, aux urgences, a écrit"
            " au ministre.",
            "Une nouvelle campagne de vaccination commence le {D} en {R}. {^Q} espère toucher un million"
            " de personnes.",
            "La maternité de {U} fermera ses portes. {^S} l’a confirmé vendredi soir.",
        ),
        (
            "« Nous trions », avoue le docteur {B}. À {T}, comme à {U}, les lits manquent.",
            "Selon {Q}, la {R} compte deux fois moins de médecins que la moyenne. {^S} conteste ce"
            " calcul.",
            "{N} a promis vingt postes. « Nous les attendons encore », répond {a}.",
            "Une étude de {Q}, publiée le {D}, confirme l’urgence. {b} en a signé la préface.",
            "{^E} a fait savoir que le dossier était « suivi de près ». {a} hausse les épaules.",
        ),
        (
            "Une marche blanche partira de {T} dimanche. {aa} en sera.",
            "{^Q} rendra un avis avant le {D}.",
            "Le maire de {U} a demandé un rendez-vous à {n}.",
        ),
    ),
    "environment": (
        (
            "La rivière est sortie de son lit à {T} dans la nuit de mardi à mercredi. Cent familles ont"
            " été évacuées vers {U}.",
            "Le projet de parc éolien au large de {T} avance. L’{O2}, qui s’y oppose, a saisi le tribunal.",
            "La {R} connaît sa pire sécheresse depuis trente ans. Près de {T}, les éoliennes tournent et"
            " les champs brûlent.",
        ),
        (
            "« L’eau est montée en une heure », raconte {A}, boulanger à {T}. Son voisin {B} a tout"
            " perdu.",
            "L’{o2} réclame une contre-expertise. Pour elle, {A} a rencontré le préfet le {D}.",
            "{^S} a débloqué une aide d’urgence. {^Q} distribue des repas depuis lundi.",
            "{N} était sur place avec {B}. {n} a promis un fonds national.",
            "À {U}, on cultive déjà autrement. {b} a remplacé le maïs par le sorgho, comme en {R}.",
        ),
        (
            "Météo oblige, la réunion du {D} est reportée. {a} ne s’en plaint pas.",
            "{^E} suit le dossier. L’{o2} aussi.",
            "Un rapport est attendu le {D}. {n} dit vouloir « tourner la page ».",
        ),
    ),
    "abroad": (
        (
            "{^E} a durci le ton mardi. En cause : les droits de douane sur l’acier, annoncés le {D}.",
            "Les négociations reprennent {P}, sans grand espoir. {N} y représente la {F}.",
            "{A}, journaliste en prison depuis un an en {R}, est libre. L’avion a atterri samedi à {T}.",
        ),
        (
            "« Il faut parler à tout le monde », plaide {N}. Les diplomates réunis {P} en doutent.",
            "{^E} nie toute pression. La {R}, elle, a rappelé son ambassadeur.",
            "Pour {A}, qui enseigne à {T}, « rien ne changera avant les élections ». {B} veut"
            " y croire et mise sur un accord.",
            "{^Q} a publié le {D} un rapport accablant. Interrogé, {b} parle de « méthodes douteuses ».",
            "Dans les rues de {U}, des centaines d’exilés ont manifesté. {^S} les soutient.",
        ),
        (
            "Le sommet se tiendra le {D}, {P}. {n} ira.",
            "{^E} n’a pas répondu à nos questions. {a} non plus.",
            "La {F} « prend note », a dit {n}. {^Q} demande davantage.",
        ),
    ),
}
