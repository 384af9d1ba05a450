"""What everybody may read without signing in: promises marked public, as a page and as a feed."""

from datetime import UTC, date, datetime, time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vested.core.models import Sector
from vested.core.partners import open_to_partners
from vested.direction.models import Commitment
from vested.direction.queries.commitments import public_commitments, public_sectors, shares_of
from vested.direction.views.commitments import how


@open_to_partners
@login_not_required
def promises(request: HttpRequest) -> HttpResponse:
    """What a sector has promised in public, and what became of it."""
    sectors = public_sectors()
    sector = _chosen(request, sectors)
    rows = public_commitments(sector, localdate()) if sector else []
    on_time, due = shares_of(rows)
    words = {
        "public_sector": sector,
        "others": [one for one in sectors if one != sector],
        "rows": [(one, *how(one), list(one.replies.all())) for one in rows],
        "on_time": on_time,
        "due": due,
        "feed": f"{reverse('direction:public-feed')}?of={sector.slug}" if sector else "",
        "printed": _("printed from the public page"),
    }
    return render(request, "direction/public.html", words)


@open_to_partners
@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    """The same in plain sentences, for programs that read news (Atom)."""
    sector = _chosen(request, public_sectors())
    page = request.build_absolute_uri(reverse("direction:public"))
    here = f"{page}?of={sector.slug}" if sector else page
    atom = Atom1Feed(
        title=_("Promises of %(sector)s") % {"sector": sector} if sector else _("Promises"),
        link=here,
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in public_commitments(sector, localdate()) if sector else []:
        atom.add_item(
            title=one.words,
            link=f"{here}#promise-{one.pk}",
            unique_id=f"{page}#promise-{one.pk}-{how(one)[0]}",  # what became of it is news
            description=_sentence(one),
            pubdate=_moment(one.made_on),
            updateddate=_moment(one.kept_on or one.withdrawn_on or one.made_on),
        )
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    atom.write(answer, "utf-8")
    return answer


def _sentence(one: Commitment) -> str:
    """Who promised what to whom by when, and what became of it, in plain words."""
    words = {
        "who": one.person or one.unit or "",
        "whom": one.to_whom,
        "day": date_format(one.due_on),
        "state": how(one)[1],
    }
    parts = [_("%(who)s promised this to %(whom)s by %(day)s: %(state)s.") % words]
    if one.kept_on:
        parts.append(_("What shows it: %(proof)s") % {"proof": one.proof})
    if one.withdrawn_on:
        parts.append(_("Why it was taken back: %(why)s") % {"why": one.withdrawn_why})
    parts += [
        _("Said about it on %(day)s: %(words)s") % {"day": date_format(r.said_on), "words": r.words}
        for r in one.replies.all()
    ]
    return " ".join(parts)


def _chosen(request: HttpRequest, sectors: list[Sector]) -> Sector | None:
    """The sector asked for, else the first there is."""
    asked = request.GET.get("of", "")
    return next((one for one in sectors if one.slug == asked), sectors[0] if sectors else None)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
