"""Small words of French and English: they are everywhere, and so tell nothing of what a text is about."""

FRENCH = frozenset(
    (
        "le la les des du une est dans pour que qui sur au aux il elle ne pas se ce cette et à par avec"
        " sont ont été mais où nous vous leur ses plus d l qu n s c"
    ).split()
)

ENGLISH = frozenset(
    (
        "the of and to in is that it for was on are with as he she they be at his her this have from had"
        " not by were but which we you their has will said an or"
    ).split()
)

SMALL = (
    FRENCH
    | ENGLISH
    | frozenset(
        (
            "de un en a y j m t je tu on me te moi toi lui eux elles ils leurs notre nos votre vos son sa mon"
            " ma mes ton ta tes ces cet ça cela ou ni si car donc or comme quand dont quoi lequel laquelle"
            " être avoir fait faire suis es sommes êtes étais était étaient fut furent sera seront serait"
            " ai as avons avez avait avaient eu aura auront aurait sans sous entre vers chez contre depuis"
            " pendant avant après jusqu jusque lorsqu lorsque puisqu puisque très tout toute tous toutes"
            " même aussi bien peu deux encore déjà alors ainsi afin selon"
            " i do did does so if than then there these those its our your my me him them us been being"
            " who whom what when where how all any some no more most can could would should may might"
            " about into over after before up out just also"
        ).split()
    )
)
"""More of them, for lists of words that stand together."""
