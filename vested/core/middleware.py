"""What happens around every page: who asks, that reading writes nothing, and what an error looks like."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from vested.core.errors import VestedError
from vested.core.models import Hat, Person, Token
from vested.core.models.jobs import read
from vested.core.openings import LOOKING, opened
from vested.core.partners import is_open_to_partners
from vested.core.problems import for_programs, of_answer
from vested.core.scope import System, acting
from vested.core.tokens import keep_use, token_of
from vested.core.viewer import Viewer, viewer_for
from vested.core.views.errors import explained

Answer = Callable[[HttpRequest], HttpResponseBase]

READS = (
    "SELECT", "WITH", "EXPLAIN", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "DECLARE", "FETCH", "CLOSE",
    "SET",
)  # fmt: skip
WORN, WORN_BEFORE = "worn", "worn_before"  # in a session: the walls of the hats worn now, and of all worn so far
# Written near a GET: when somebody signs in, or the session is renewed; who looked, once the page has answered.
ASIDE = ('"django_session"', '"core_look"', '"core_openinglook"')


def answer_errors(answer: Answer) -> Answer:
    """Turn what Vested refuses into a page that helps, and any error of the API into a problem."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return of_answer(request, answer(request))

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return explained(request, error) if isinstance(error, VestedError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def act_as_viewer(answer: Answer) -> Answer:
    """Let every question of this request be asked for whoever is signed in.

    That is the person of a session; for the API, the person of the token it brings. A program that brings one has no
    session, whatever cookies come along. For who belongs to an organisation outside no page exists but those that
    say that they are open to them.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        brings = for_programs(request) and "Authorization" in request.headers
        token = token_of(request, at=now) if brings else None
        people = [] if brings else _people(request)
        viewer = _viewer_by(token) if token else _viewer(request, people)
        request.viewer, request.people = viewer, people  # type: ignore[attr-defined]  # pages read them
        request.token = token  # type: ignore[attr-defined]  # the API reads it
        if viewer is None:
            return answer(request)
        with acting(viewer):
            answered = answer(request)
        if token:
            keep_use(token, on=timezone.localdate(now))
        return answered

    def process_view(request: HttpRequest, page: Callable[..., object], *_given: object) -> None:
        viewer: Viewer | None = getattr(request, "viewer", None)
        if viewer and viewer.is_partner and not is_open_to_partners(page):
            raise Http404

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def _viewer_by(token: Token) -> Viewer:
    with acting(System("find the person of a token")):
        return viewer_for(token.person, on=timezone.localdate(), wearing=read(token.worn))


def _people(request: HttpRequest) -> list[Person]:
    """Who the account is: one person in each sector that knows it."""
    if not request.user.is_authenticated:
        return []
    with acting(System("find the person who is signed in")):
        hats = Hat.objects.filter(person=OuterRef("pk")).held_on(timezone.localdate())
        rows = Person.objects.filter(user=request.user).annotate(hatted=Exists(hats))
        return list(rows.select_related("sector").order_by("sector__name", "pk"))


def _viewer(request: HttpRequest, people: list[Person]) -> Viewer | None:
    """The person of the sector chosen, with the roles held today and the hats worn in this session."""
    if not people:
        return None
    chosen = request.session.get("person")
    person = next((person for person in people if person.pk == chosen), people[0])
    with acting(System("find the roles of who is signed in")):
        now, session = timezone.now(), request.session
        through = opened(person, session[LOOKING], at=now) if LOOKING in session else frozenset()
        request.looking = session[LOOKING] if through else None  # type: ignore[attr-defined]  # keep_look reads it
        return viewer_for(person, on=timezone.localdate(now), wearing=session.get(WORN, ()), opened=through)


def reading_writes_nothing(answer: Answer) -> Answer:
    """Refuse any statement that writes while a page is only read.

    On PostgreSQL the page also has a transaction that can only read: it sees one state of the data, and what hides a
    write inside a SELECT is refused too. On SQLite a transaction would lock every reader out. Pages that write a
    session, or that must answer without a database, say ``@transaction.non_atomic_requests``.
    """

    def guard(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if not sql.lstrip("( ").upper().startswith(READS) and not any(name in sql for name in ASIDE):
            raise AssertionError(f"reading a page wrote to the database: {sql[:200]}")
        return execute(sql, *rest)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return answer(request)
        with connection.execute_wrapper(guard), ExitStack() as reading:
            request.reading = reading  # type: ignore[attr-defined]  # for the hook below, once the page is known
            return answer(request)

    def process_view(request: HttpRequest, page: Callable[..., object], *_given: object) -> None:
        reading: ExitStack | None = getattr(request, "reading", None)
        outside = DEFAULT_DB_ALIAS in getattr(page, "_non_atomic_requests", ())
        if reading and connection.vendor == "postgresql" and not outside:
            reading.enter_context(_only_reading())

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


@contextmanager
def _only_reading() -> Iterator[None]:
    """A transaction PostgreSQL lets nothing be written in, at the price of no statement more; none within another."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    link = connection.connection
    link.read_only = True
    try:
        with transaction.atomic():
            yield
    finally:
        if not link.closed:
            link.read_only = None
