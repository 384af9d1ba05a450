"""Core's addresses."""

from django.urls import path

from vested.core import components_page
from vested.core.views import account, exports, imports, inbox, jobs, links, people, searching, tokens, units

app_name = "core"
urlpatterns = [
    path("", account.home, name="home"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("scheme/", account.scheme, name="scheme"),
    path("demo/", account.enter, name="enter"),
    path("hat/", account.wear, name="hat"),
    path("jobs/", jobs.mine, name="jobs"),
    path("jobs/<int:pk>/", jobs.one, name="job"),
    path("jobs/<int:pk>/progress/", jobs.progress, name="job-progress"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job-cancel"),
    path("jobs/<int:pk>/best/", jobs.best, name="job-best"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="job-retry"),
    path("imports/", imports.history, name="imports"),
    path("imports/new/", imports.new, name="import-new"),
    path("imports/<int:pk>/", imports.one, name="import-one"),
    path("imports/<int:pk>/columns/", imports.columns, name="import-columns"),
    path("imports/<int:pk>/report/", imports.report, name="import-report"),
    path("imports/<int:pk>/report.csv", imports.report_csv, name="import-report-csv"),
    path("imports/<int:pk>/preview/", imports.preview, name="import-preview"),
    path("imports/<int:pk>/check/", imports.check, name="import-check"),
    path("imports/<int:pk>/drop/", imports.drop, name="import-drop"),
    path("imports/<int:pk>/undo/", imports.undo, name="import-undo"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("components/", components_page.components, name="components"),
    path("units/", units.units, name="units"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/rename/", units.rename, name="unit-rename"),
    path("units/<int:pk>/move/", units.move, name="unit-move"),
    path("units/<int:pk>/end/", units.end, name="unit-end"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/move/", people.move, name="person-move"),
    path("people/<int:pk>/role/", people.grant, name="person-grant"),
    path("links/<int:pk>/end/", links.end, name="link-end"),
    path("grants/<int:pk>/end/", people.ungrant, name="grant-end"),
    path("search/", searching.results, name="search"),
    path("me/", people.me, name="me"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("notifications/", inbox.inbox, name="inbox"),
    path("notifications/read/", inbox.read_all, name="inbox-read-all"),
    path("notifications/<int:pk>/read/", inbox.read, name="inbox-read"),
]
