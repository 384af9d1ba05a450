"""Plain Django pages over the same tables: no sector, viewer, permission, filter, navigation or header.

What is left is what any page of this kind costs: an address, the same rows counted and read, a table in HTML. It is
the least a page can be, and no program anybody could use.
"""

import os
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up before models are read
from django.core.wsgi import get_wsgi_application  # noqa: E402 - as above
from django.db.models import Model, QuerySet  # noqa: E402 - as above
from django.http import HttpRequest, HttpResponse  # noqa: E402 - as above
from django.template import Context, Engine  # noqa: E402 - as above
from django.urls import path  # noqa: E402 - as above

from vested.academy.models import Course, Session  # noqa: E402 - as above
from vested.core.models import Membership, Unit  # noqa: E402 - as above
from vested.core.scope import System, acting  # noqa: E402 - as above
from vested.skills.models import Level, Post, Requirement, Role, Skill  # noqa: E402 - as above

ROWS = 50
TABLE = Engine().from_string(
    "<!doctype html><html lang=en><title>{{ title }}</title><h1>{{ title }}: {{ count }}</h1><table>"
    "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></html>"
)


def _rows(model: type[Model]) -> QuerySet[Model]:
    """Rows of all sectors: not by the model's manager, which would ask for whom."""
    return QuerySet(model=model)


def _shown(title: str, rows: QuerySet[Model], *fields: str) -> HttpResponse:
    shown = {"title": title, "count": rows.count(), "rows": list(rows.order_by("pk").values_list(*fields)[:ROWS])}
    return HttpResponse(TABLE.render(Context(shown)))


def units(_request: HttpRequest) -> HttpResponse:
    """Fifty units."""
    return _shown("Units", _rows(Unit), "name", "kind", "parent__name", "code")


def people(_request: HttpRequest) -> HttpResponse:
    """Fifty people, and where they work."""
    return _shown("People", _rows(Membership).filter(until=None), "person__name", "person__code", "unit__name", "since")


def skills(_request: HttpRequest) -> HttpResponse:
    """Fifty skills."""
    return _shown("Skills", _rows(Skill), "name", "area", "framework__name")


def roles(_request: HttpRequest) -> HttpResponse:
    """Fifty roles."""
    return _shown("Roles", _rows(Role), "name", "family__name", "weight")


def courses(_request: HttpRequest) -> HttpResponse:
    """Fifty courses."""
    return _shown("Courses", _rows(Course), "title", "provider__name", "mode", "language", "hours", "cost")


def sessions(_request: HttpRequest) -> HttpResponse:
    """Fifty sessions."""
    return _shown("Sessions", _rows(Session), "course__title", "code", "period", "starts_on", "seats")


def unit(_request: HttpRequest, pk: int) -> HttpResponse:
    """One unit, and who works there."""
    return _shown("Unit", _rows(Membership).filter(unit=pk, until=None), "person__name", "since")


def person(_request: HttpRequest, pk: int) -> HttpResponse:
    """One person: levels, beside the role held."""
    post = _rows(Post).filter(person=pk, until=None).values_list("role__name", flat=True).first()
    return _shown(str(post), _rows(Level).filter(person=pk), "skill__name", "level", "error", "source", "assessed_on")


def role(_request: HttpRequest, pk: int) -> HttpResponse:
    """One role: what it asks for."""
    return _shown("Role", _rows(Requirement).filter(role=pk), "skill__name", "level", "weight")


def course(_request: HttpRequest, pk: int) -> HttpResponse:
    """One course: when it is held."""
    return _shown("Course", _rows(Session).filter(course=pk), "code", "period", "starts_on", "seats")


def everywhere(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Ask over all sectors, without which PostgreSQL's policies find no rows."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with acting(System("these pages know no sectors")):
            return answer(request)

    return middleware


urlpatterns = [
    path("units/", units),
    path("people/", people),
    path("skills/", skills),
    path("roles/", roles),
    path("courses/", courses),
    path("sessions/", sessions),
    path("units/<int:pk>/", unit),
    path("people/<int:pk>/", person),
    path("roles/<int:pk>/", role),
    path("courses/<int:pk>/", course),
]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = [f"{__name__}.everywhere"]
application = get_wsgi_application()
