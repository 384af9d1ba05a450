"""The connection that tells PostgreSQL of which sector rows exist, so that its policies can keep to it."""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from vested.core.scope import EVERYWHERE, SETTING, System, current

_TELL = f"SELECT set_config('{SETTING}', %s, true)"  # true: until the transaction ends, and never for the next one


def setting() -> str:
    """What the policies are told: a sector's id, that all rows exist (``System`` asks), or nothing for nobody."""
    who = current()
    if who is None:
        return ""
    return EVERYWHERE if isinstance(who, System) else str(who.sector.pk)


class DatabaseWrapper(base.DatabaseWrapper):
    """Says so once a transaction, and again where somebody else asks; a statement outside gets one of its own.

    What is said is forgotten by PostgreSQL with the transaction, so a connection that is used again, by whomever,
    begins with nothing. A statement nobody asks for is sent as it is, and finds no rows.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Wrap every statement."""
        super().__init__(*args, **kwargs)
        self._told: str | None = ""  # within this transaction; None where a savepoint may have undone it
        self.execute_wrappers.append(self._tell)

    def _tell(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        link, wanted = self.connection, setting()
        status = link.info.transaction_status
        if status == TransactionStatus.INERROR or sql.startswith("ROLLBACK"):
            self._told = None
            return execute(sql, *rest)
        if status == TransactionStatus.IDLE:
            self._told = ""
        if self._told == wanted:
            return execute(sql, *rest)
        if not link.autocommit:
            self._say(wanted)
            return execute(sql, *rest)
        with link.transaction():
            self._say(wanted)
            return execute(sql, *rest)

    def _say(self, wanted: str) -> None:
        self.connection.execute(_TELL, [wanted])
        self._told = wanted
