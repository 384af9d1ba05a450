"""People of organisations outside: letting them in, a code for their password, and letting them go."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vested.core.errors import Invalid
from vested.core.looks import What, one
from vested.core.models import Counterparty, Person
from vested.core.partners import open_to_partners
from vested.core.permissions import Permission, require
from vested.core.scope import System, acting
from vested.core.viewer import Viewer, viewer_for, viewer_of
from vested.core.views.asking import ask
from vested.ecosystem.actions import choose_password, give_code, let_go, let_in
from vested.ecosystem.forms import ChoosePassword, LetIn


@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody of an organisation sign in; once the form is sent, their code, on this answer and never again."""
    viewer = viewer_of(request)
    counterparty = get_object_or_404(Counterparty.objects.all().visible_to(viewer), pk=pk)
    require(viewer, Permission.PARTNER_CHANGE)
    form = LetIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person, code = let_in(by=viewer, counterparty=counterparty, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field or None, str(error))
        else:
            return _told(request, person, code)
    title = _("Let somebody of %(it)s sign in") % {"it": counterparty}
    lead = _("They see what agreements with %(it)s share while they run, their own data, and nothing else.")
    words: dict[str, Any] = {"verb": _("Let them sign in"), **_towards(counterparty)}
    return ask(request, form, do=lambda _answers: "", title=title, lead=lead % {"it": counterparty}, **words)


@never_cache
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new code by which somebody outside chooses a password."""
    viewer = viewer_of(request)
    person = _found(viewer, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _told(request, person, give_code(by=viewer, person=person))
        except Invalid as error:
            form.add_error(None, str(error))
    title = _("Make a new code for %(person)s?") % {"person": person}
    lead = _("For a first password, or a new one. The password and the code they have now no longer count.")
    words: dict[str, Any] = {"verb": _("Make a new code"), **_around(person)}
    return ask(request, form, do=lambda _answers: "", title=title, lead=lead, **words)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody outside no longer sign in."""
    viewer = viewer_of(request)
    person = _found(viewer, pk)

    def do(_answers: dict[str, Any]) -> str:
        let_go(by=viewer, person=person, on=localdate())
        return _("%(person)s no longer signs in.") % {"person": person}

    title = _("Let %(person)s go?") % {"person": person}
    lead = _("They are signed out and see nothing more, at once. What is kept about them goes after two years.")
    form = Form(request.POST if request.method == "POST" else None)
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Let them go"), danger=True, **_around(person))


@open_to_partners
@login_not_required
@never_cache
def welcome(request: HttpRequest) -> HttpResponse:
    """Choose a password with the code one was given."""
    form = ChoosePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with acting(System("find who chooses a password")):
            person = Person.objects.filter(user__email__iexact=given["email"]).exclude(counterparty=None).first()
            viewer = viewer_for(person, on=localdate()) if person else None
            try:
                choose_password(by=viewer, code=given["code"].strip(), password=given["password"])
            except Invalid as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Your password is chosen. Sign in with it."))
                return redirect("core:sign-in")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "ecosystem/welcome.html", {"form": form}, status=status)


def _told(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    where = request.build_absolute_uri(reverse("ecosystem:welcome"))
    title = _("%(person)s may sign in") % {"person": person}
    words = {"person": person, "code": code, "where": where, "title": title, **_around(person)}
    return render(request, "ecosystem/code.html", words)


def _found(viewer: Viewer, pk: int) -> Person:
    rows = Person.objects.all().visible_to(viewer).exclude(counterparty=None).select_related("counterparty", "user")
    found = get_object_or_404(rows, pk=pk)
    require(viewer, Permission.PARTNER_CHANGE)
    return one(found, What.PAGE)


def _around(person: Person) -> dict[str, Any]:
    if person.counterparty is None:
        raise Http404
    return _towards(person.counterparty)


def _towards(counterparty: Counterparty) -> dict[str, Any]:
    url = reverse("core:counterparty", args=[counterparty.pk])
    return {"back": url, "trail": [(_("Counterparties"), reverse("core:counterparties")), (str(counterparty), url)]}
