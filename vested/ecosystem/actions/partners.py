"""Let people of organisations outside sign in, and no longer."""

from datetime import date
from uuid import uuid4

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Counterparty, Person, User
from vested.core.permissions import Permission, require
from vested.core.scope import System, acting, keep_inside
from vested.core.viewer import Viewer


@transaction.atomic
def let_in(*, by: Viewer, counterparty: Counterparty, name: str, email: str) -> tuple[Person, str]:
    """Let somebody of an organisation outside sign in; give them, and the code by which they choose a password.

    No code where the address signs in elsewhere already: that account stays as it is.
    """
    require(by, Permission.PARTNER_CHANGE)
    keep_inside(counterparty)
    user = User.objects.filter(email__iexact=email).first()
    if user and Person.objects.filter(user=user).exists():
        raise Invalid(_("Somebody signs in here with this address already."), field="email")
    code = f"outside-{uuid4().hex[:12]}"  # of no staff file: a file that is brought in never changes who it is
    user, new = (user, False) if user else (User.objects.create_user(email), True)
    person = Person.objects.create(
        sector=by.sector, code=code, name=name, email=email, user=user, counterparty=counterparty
    )
    record("partner.let_in", by=by, on=counterparty, new={"person": name})
    return person, _code_of(user) if new else ""


@transaction.atomic
def give_code(*, by: Viewer, person: Person) -> str:
    """Give a new code by which somebody outside chooses a password; those given before no longer count."""
    require(by, Permission.PARTNER_CHANGE)
    user = _account(person)
    with acting(System("see whether an account is somebody's elsewhere")):
        if Person.objects.filter(user=user).exclude(pk=person.pk).exists():
            raise Invalid(_("This account is somebody's in another sector too. They ask there for a new password."))
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("partner.code_given", by=by, on=person.counterparty or person, new={"person": str(person)})
    return _code_of(user)


@transaction.atomic
def let_go(*, by: Viewer, person: Person, on: date) -> Person:
    """Let somebody outside no longer sign in; their account is closed, unless it is somebody's elsewhere."""
    require(by, Permission.PARTNER_CHANGE)
    user = _account(person)
    person.user, person.let_go_on = None, on
    person.save(update_fields=["user", "let_go_on"])
    User.objects.close([user])
    record("partner.let_go", by=by, on=person.counterparty or person, old={"person": str(person)})
    return person


@transaction.atomic
def choose_password(*, by: Viewer | None, code: str, password: str) -> None:
    """Choose a password for one's own account, with the code one was given; it counts once."""
    user = by.person.user if by and by.person else None
    if by is None or user is None or not default_token_generator.check_token(user, code):
        raise Invalid(_("This address and code do not go together, or the code is too old. Ask for a new one."))
    user.set_password(password)
    user.save(update_fields=["password"])
    record("person.password_chosen", by=by, on=by.person or by.sector)


def _account(person: Person) -> User:
    """The account of somebody outside; Invalid where they are not let in."""
    keep_inside(person)
    if person.counterparty_id is None or person.user is None:
        raise Invalid(_("Nobody of an organisation outside signs in with this."))
    return person.user


def _code_of(user: User) -> str:
    """A code that counts for three days, and until the password is chosen."""
    code: str = default_token_generator.make_token(user)
    return code
