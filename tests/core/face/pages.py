"""Pages of the face with a full header: a reader, all stations, something that waits."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vested.core.components_page import components

PAGES = {
    "aim": ("Aim", ["Commitments", "Demands"]),
    "know": ("Know", ["Skills gap", "People and roles"]),
    "plan": ("Plan", ["Scenarios", "Roadmap"]),
    "do": ("Do", ["Sessions"]),
    "learn": ("Learn", ["Lessons"]),
    "mine": ("Mine", ["My page"]),
}


def navigation(current: str = "know") -> list[dict[str, object]]:
    """All stations, as core's navigation gives them."""
    return [
        {
            "station": station,
            "label": label,
            "url": f"/{station}/",
            "current": station == current,
            "pages": [
                {"label": page, "url": f"/{station}/{at}/", "current": station == current and at == 0}
                for at, page in enumerate(pages)
            ],
        }
        for station, (label, pages) in PAGES.items()
    ]


def error(status: str, **context: object) -> Callable[[HttpRequest], HttpResponse]:
    """One of the pages for what went wrong."""

    def page(request: HttpRequest) -> HttpResponse:
        return render(request, f"core/errors/{status}.html", context, status=int(status))

    return page


ALL: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/components/": components,
    "/403/": error("403", reason="Only the unit's manager may release seats."),
    "/404/": error("404"),
    "/full/": error(
        "404",
        hat="Chief Digital Officer",
        hats=[("cdo", "Chief Digital Officer", True), ("inspector", "Inspector of Nordhavn Rail Systems", False)],
        sectors=[("transport", "Ministry of Transport", True), ("digital", "National Digital Agency", False)],
        account=[("My page", "/mine/"), ("What is recorded about me", "/mine/record/")],
        foot=[("Accessibility", "/accessibility/"), ("Help desk", "/help/")],
        waiting=3,
    ),
    "/409/": error(
        "409",
        reason="Nadia Ferro-Lund changed the promise at 09:14.",
        differences=[
            ("Promise", "From 1 June, skippers log in once.", "From 1 May, skippers log in once."),
            ("To whom", "Skippers", "Skippers"),
        ],
    ),
    "/422/": error("409", reason="A promise must have a date."),
    "/500/": error("500"),
}
