"""What is kept about people: one's own data, the register, handing data out, erasing and retention."""

from http import HTTPStatus

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vested.core.actions.personal import ask_for_data, ask_for_erasure
from vested.core.downloads import figures
from vested.core.errors import Invalid
from vested.core.forms import Erase
from vested.core.looks import What, seen
from vested.core.models import Job, Look, Person
from vested.core.partners import open_to_partners
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.rights import due
from vested.core.rights.effects import effects
from vested.core.rights.register import register, table
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask

A_PAGE = 50


@open_to_partners
def mine(request: HttpRequest) -> HttpResponse:
    """What is kept about oneself: who has looked, the way to all of it in one file, and to why it is kept."""
    viewer = viewer_of(request)
    if viewer.person is None:
        raise Http404
    if request.method == "POST":
        return redirect("core:job", pk=ask_for_data(by=viewer, person=viewer.person, at=timezone.now()).pk)
    rows = Look.objects.all().visible_to(viewer).select_related("by")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    columns = [(words, "", "", False) for words in (_("Day"), _("Who"), _("What they saw"))]
    return render(request, "core/personal/mine.html", {"page": page, "columns": columns})


@open_to_partners
def registered(request: HttpRequest) -> HttpResponse | FileResponse:
    """The register of processing, as a page or to take away."""
    viewer = viewer_of(request)
    if request.GET.get("format") == "csv":
        return figures(_("register of processing"), table())
    columns = [(words, "", "", False) for words in (_("What is kept"), _("Table"), _("Fields"))]
    words = {"register": register(), "columns": columns, "sees": viewer.may(Permission.PERSONAL_ERASE)}
    return render(request, "core/personal/register.html", words)


def retention(request: HttpRequest) -> HttpResponse:
    """What is past its time today, and goes with the next round."""
    require(viewer_of(request), Permission.PERSONAL_ERASE)
    today = timezone.localdate()
    columns = [(words, "", "", number) for words, number in (
        (_("What"), False), (_("How many"), True), (_("What happens"), False), (_("Why"), False))]  # fmt: skip
    words = {"due": due.due(today), "leavers": due.leavers(today).count(), "columns": columns}
    return render(request, "core/personal/retention.html", words)


def data(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to pack all that is kept about somebody, and pack it."""
    viewer = viewer_of(request)
    require(viewer, Permission.PERSONAL_EXPORT)
    person = get_object_or_404(Person.objects.all().visible_to(viewer), pk=pk)
    if request.method == "POST":
        return redirect("core:job", pk=ask_for_data(by=viewer, person=person, at=timezone.now()).pk)
    title = _("Pack all that is kept about %(person)s?") % {"person": person}
    lead = _(
        "For whoever asks for their data and cannot sign in. It holds everything, also what you may not see on pages. "
        "That you took it is recorded, and the person sees it."
    )
    return ask(
        request, Form(), do=lambda _answers: "", back=_url(person), title=title, lead=lead, verb=_("Pack the file"),
        trail=_trail(person),
    )  # fmt: skip


@open_to_partners
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Give what was packed to who asked for it; 404 for anybody else, and once a day has passed."""
    viewer = viewer_of(request)
    job = get_object_or_404(Job.objects.all().started_by(viewer), pk=pk, kind="core.personal", state=Job.State.DONE)
    name = (job.result or {}).get("file", "")
    if viewer.person is None or job.args["person"] != viewer.person.pk:
        require(viewer, Permission.PERSONAL_EXPORT)
    if not name or not default_storage.exists(name):
        raise Http404
    seen([job.args["person"]], What.FILE)
    given = f"{viewer.sector.slug}-{timezone.localdate(job.ended_at).isoformat()}.zip"
    return FileResponse(default_storage.open(name), as_attachment=True, filename=given, content_type="application/zip")


def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what goes and what stays when somebody is erased, ask twice, and start it."""
    viewer = viewer_of(request)
    require(viewer, Permission.PERSONAL_ERASE)
    person = get_object_or_404(Person.objects.all().visible_to(viewer), pk=pk)
    form = Erase(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            because = form.cleaned_data["because"]
            job = ask_for_erasure(by=viewer, person=person, because=because, at=timezone.now())
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            return redirect("core:job", pk=job.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    words = {
        "form": form, "person": person, "back": _url(person), "trail": _trail(person), "unit": works_in(person),
        "effects": effects(person),
    }  # fmt: skip
    return render(request, "core/personal/erase.html", words, status=status)


def _url(person: Person) -> str:
    return reverse("core:person", args=[person.pk])


def _trail(person: Person) -> list[tuple[str, str]]:
    return [(_("People"), reverse("core:people")), (str(person), _url(person))]
