"""What the ecosystem changes, each as one action."""

from vested.ecosystem.actions.agreements import (
    change_agreement,
    end_agreement,
    make_agreement,
    remind_of_agreements,
    renew_agreement,
)
from vested.ecosystem.actions.partners import choose_password, give_code, let_go, let_in
from vested.ecosystem.actions.parts import (
    add_contact,
    add_document,
    add_party,
    take_contact,
    take_document,
    take_party,
)
from vested.ecosystem.actions.sharing import share, unshare

__all__ = [
    "add_contact",
    "add_document",
    "add_party",
    "change_agreement",
    "choose_password",
    "end_agreement",
    "give_code",
    "let_go",
    "let_in",
    "make_agreement",
    "remind_of_agreements",
    "renew_agreement",
    "share",
    "take_contact",
    "take_document",
    "take_party",
    "unshare",
]
