"""The API: every room's part at ``/api/v1/``, for programs with a token and for our own pages."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from vested.academy.api import router as academy
from vested.core.api import router as core
from vested.core.api.callers import BySession, ByToken
from vested.core.api.reference import Reference
from vested.core.problems import MEDIA, SHAPE, of_faults
from vested.direction.api import router as direction
from vested.ecosystem.api import router as ecosystem
from vested.insights.api import router as insights
from vested.plans.api import router as plans
from vested.portfolio.api import router as portfolio
from vested.skills.api import router as skills


class _Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation as its function is named."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Describe the API; every operation has one line, and answers with a problem where it does not succeed."""
        schema = super().get_openapi_schema(**given)
        schema["components"]["schemas"]["Problem"] = SHAPE
        problem = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for methods in schema["paths"].values():
            for operation in methods.values():
                operation["summary"] = operation.pop("description")
                operation["responses"]["default"] = {"description": "A problem", "content": problem}
        return schema


api = _Api(
    title="Vested",
    version="1",
    description="What Vested's pages show and do, for programs: the same rows, the same permissions, the same actions.",
    urls_namespace="api",
    auth=[ByToken(), BySession()],
    docs=Reference(),
)
api.add_router("", core)
api.add_router("", ecosystem)
api.add_router("", direction)
api.add_router("", skills, tags=["Skills"])
api.add_router("", academy, tags=["Academy"])
api.add_router("", portfolio)
api.add_router("", plans)
api.add_router("", insights, tags=["Insights"])


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return of_faults(request, error.errors)


def _open(found: tuple[list[Any], str, str]) -> tuple[list[URLPattern], str, str]:
    """Its addresses, none of which leads to the page for signing in: whoever calls is asked for a token instead."""
    patterns, app, namespace = found
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns, app, namespace


urls = _open(api.urls)
