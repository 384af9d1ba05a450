"""A page that asks for one thing and does it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vested.core.errors import Invalid


def ask(
    request: HttpRequest, form: Form, *, do: Callable[[dict[str, Any]], str], back: str, **words: Any
) -> HttpResponse:
    """Show the form; once it is right, ``do`` it, say what was done and go ``back``.

    ``words`` are ``title``, ``lead``, ``verb``, ``trail``, and ``danger`` where it cannot be undone.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = do(form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, done)
            return redirect(back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "core/ask.html", {"form": form, "back": back, **words}, status=status)
