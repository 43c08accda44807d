"""What those who suggest are called on the screen, and how each says so in a line."""

from collections.abc import Sequence

from annotator.assist import suggesters
from annotator.core.model import Annotation, Claim
from annotator.language import _


def origin_name(origin: str) -> str:
    """Return what an origin is called on the screen; what a stranger calls itself stays as it is."""
    by_hand = _("by hand")
    people = {"hand": by_hand, "slot": by_hand, "import": _("imported")}
    return people.get(origin) or suggesters.title_of(origin)


def claims_of(annotation: Annotation) -> Sequence[Claim]:
    """Return who suggests an annotation, the highest ranked first: who wrote it if nobody else says so."""
    own = Claim(annotation.origin, annotation.score, annotation.reason)
    return annotation.claims or (own,)


def claim_line(claim: Claim) -> str:
    """Return in a line who suggests something, how sure, and why."""
    score = "" if claim.score is None else _("{n}%").format(n=round(claim.score * 100))
    return " · ".join(filter(None, (origin_name(claim.origin), score, claim.reason)))
