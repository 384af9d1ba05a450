"""House rules about the rooms: who writes, what an action is, and how rooms know one another."""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.house import asking, rules
from tests.house.rules import Source, house, made_up
from tests.house.tree import ROOT

RULES = (
    rules.writes_only_where_writes_live,
    rules.actions_have_one_shape,
    rules.forms_never_save,
    rules.views_are_functions,
    rules.nothing_is_signalled,
    rules.references_only_go_down,
    rules.rooms_are_entered_by_their_doors,
    rules.tags_ask_nothing,
    asking.rows_are_asked_for_by_their_managers,
    asking.what_is_kept_has_one_keeper,
)
ACTION = """
@transaction.atomic
def rename(*, by: Viewer, unit: Unit) -> None:
    require(by, Permission.UNIT_CHANGE, on=unit)
    unit.save(update_fields=["name"])
    record("unit.renamed", by=by, on=unit)
"""
# Asks through a question of its room, which asks for the permission there.
ASKED_BEFORE = ACTION.replace("require(by, Permission.UNIT_CHANGE, on=unit)", "require_hand_in(by, unit)")
ELSEWHERE = f"from vested.portfolio.queries.initiatives import require_hand_in\n{ASKED_BEFORE}"
FAULTS = [
    (rules.writes_only_where_writes_live, "vested/core/views/units.py", "unit.save()", "unit.save"),
    (rules.writes_only_where_writes_live, "vested/skills/queries/gaps.py", "rows.update(name='x')", "rows.update"),
    (rules.writes_only_where_writes_live, "vested/core/forms.py", "Unit.objects.bulk_create([u])", "bulk_create"),
    (rules.writes_only_where_writes_live, "vested/core/views/imports.py", "rows.filter(pk=1).delete()", "delete"),
    (
        rules.actions_have_one_shape,
        "vested/core/actions/units.py",
        ACTION.replace("unit: Unit", "unit: Unit, /, *, by: Viewer").replace("(*, by: Viewer, ", "("),
        "by position",
    ),
    (rules.actions_have_one_shape, "vested/core/actions.py", ACTION.replace("by: Viewer, ", ""), "by whom"),
    (rules.actions_have_one_shape, "vested/core/actions.py", ACTION.replace("@transaction.atomic", ""), "transaction"),
    (rules.actions_have_one_shape, "vested/core/x/actions.py", ACTION.replace("require(", "look("), "permission first"),
    (
        rules.actions_have_one_shape,
        "vested/core/actions.py",
        ELSEWHERE.replace("require_hand_in", "still_open"),
        "permission first",
    ),
    (
        rules.actions_have_one_shape,
        "vested/core/actions.py",
        ELSEWHERE.replace("queries.initiatives", "queries.gates"),
        "permission first",
    ),
    (
        rules.actions_have_one_shape,
        "vested/core/actions.py",
        ACTION.replace("    require(by", "    unit.delete()\n    require(by"),
        "permission first",
    ),
    (rules.actions_have_one_shape, "vested/core/actions.py", ACTION.replace("record(", "log("), "no record"),
    (rules.actions_have_one_shape, "vested/core/actions.py", f"{ACTION}    unit.save()", "after its record"),
    (rules.forms_never_save, "vested/core/forms.py", "class A(forms.ModelForm): ...", "form of a model"),
    (rules.forms_never_save, "vested/core/forms.py", "class A(forms.Form):\n    def save(self): ...", "saves"),
    (rules.views_are_functions, "vested/core/views.py", "class A(ListView): ...", "A is a class"),
    (rules.views_are_functions, "vested/core/urls.py", "path('', RedirectView.as_view())", "RedirectView"),
    (rules.nothing_is_signalled, "vested/core/models.py", "from django.dispatch import receiver", "receiver"),
    (rules.nothing_is_signalled, "vested/core/apps.py", "post_save.connect(told)", "connect"),
    (rules.nothing_is_signalled, "vested/core/x.py", "from django.db.models.signals import post_save", "signals"),
    (
        rules.references_only_go_down,
        "vested/core/models.py",
        "x = models.ForeignKey('skills.Skill', C)",
        "skills.Skill",
    ),
    (rules.references_only_go_down, "vested/skills/models.py", "x = ManyToManyField(to='academy.Course')", "academy"),
    (rules.rooms_are_entered_by_their_doors, "vested/academy/queries.py", "from vested.skills import views", "views"),
    (rules.rooms_are_entered_by_their_doors, "vested/academy/x.py", "from vested.skills.forms import F", "forms"),
    (
        rules.rooms_are_entered_by_their_doors,
        "vested/academy/x.py",
        "from vested.skills.imports import kept",
        "imports",
    ),
    (rules.tags_ask_nothing, "vested/core/templatetags/units.py", "Unit.objects.count()", "Unit.objects"),
    (asking.rows_are_asked_for_by_their_managers, "vested/core/views/units.py", "Unit._base_manager.all()", "_base"),
    (asking.rows_are_asked_for_by_their_managers, "vested/core/search.py", "models.QuerySet(Unit)", "QuerySet"),
    (asking.rows_are_asked_for_by_their_managers, "vested/core/jobs/kinds.py", "System('x')", "System"),
    (asking.rows_are_asked_for_by_their_managers, "vested/core/queries.py", "connection.cursor()", "cursor"),
    *(
        (asking.rows_are_asked_for_by_their_managers, "vested/core/queries.py", code, said)
        for code, said in {
            "from vested.core.scope import System as Whole": "under another name",
            "who = scope.System": "scope.System",
            "def listed(): return acting": "acting",
            "PersonQuerySet(Person).finding(words)": "PersonQuerySet",
            "QuerySet[Person](Person)": "QuerySet",
            "type(rows)(Person)": "type(rows)",
            "rows.__class__(Person)": "rows.__class__",
            "rows.get_queryset()": "get_queryset",
            "everybody = models.Manager()": "models.Manager",
            "rows.extra(select={'n': 'SELECT count(*) FROM core_person'})": "extra",
            "connection.connection.execute('SELECT 1')": "execute",
            "User.objects.all()": "User.objects",
            "beyond_walls('x')": "beyond_walls",
            "Viewer(sector=viewer.sector, person=None)": "Viewer",
            "viewer_for(leader, on=today)": "viewer_for",
            "replace(viewer, beyond=True)": "replace",
        }.items()
    ),
    *(
        (asking.what_is_kept_has_one_keeper, "vested/skills/actions.py", code, said)
        for code, said in {
            "Event.objects.filter(subject_id=1).update(new={})": "Event",
            "Event(number=7)": "Event",
            "Job.objects.create(kind='x', by=None)": "Job",
            "Look.objects.all().delete()": "Look",
            "from django_tasks import task": "django_tasks",
            "import threading": "threading",
        }.items()
    ),
]
RIGHT = [
    (rules.writes_only_where_writes_live, "vested/core/views/units.py", "words.update({'a': 1}); book.save(file)"),
    (
        asking.rows_are_asked_for_by_their_managers,
        "vested/core/queries.py",
        "replace(series, end='x'); type(row)._meta",
    ),
    (asking.what_is_kept_has_one_keeper, "vested/core/queries.py", "Event.objects.filter(number=1); Job.State('done')"),
    (rules.actions_have_one_shape, "vested/core/actions.py", ACTION),
    (rules.actions_have_one_shape, "vested/portfolio/actions/gates.py", ELSEWHERE),
    (rules.references_only_go_down, "vested/academy/models.py", "x = models.ForeignKey('skills.Skill', C)"),
    (rules.rooms_are_entered_by_their_doors, "vested/academy/x.py", "from vested.skills.queries.gaps import cuts"),
    (rules.rooms_are_entered_by_their_doors, "vested/academy/imports.py", "from vested.skills.imports import kept"),
]

Rule = Callable[[Source], Iterator[str]]


def _named(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert [said for source in house() for said in rule(source)] == []


@pytest.mark.parametrize(("rule", "file", "code", "said"), FAULTS, ids=_named)
def test_a_fault_is_found(rule: Rule, file: str, code: str, said: str) -> None:
    found = list(rule(made_up(file, code)))
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(("rule", "file", "code"), RIGHT, ids=_named)
def test_what_is_right_is_left_alone(rule: Rule, file: str, code: str) -> None:
    assert list(rule(made_up(file, code))) == []


def test_the_house_is_looked_at() -> None:
    """And no exception is named for nothing."""
    names = {source.name for source in house()}
    assert {"vested/core/views/units.py", "vested/skills/actions.py", "vested/config/urls.py"} <= names
    for keeper in rules.KEEPERS:
        code = (ROOT / keeper).read_text(encoding="utf-8")
        assert list(rules.writes_only_where_writes_live(made_up("vested/core/elsewhere.py", code)))
    for past in asking.PAST:
        file, _, part = past.partition(": ")
        source = made_up("vested/core/elsewhere.py", (ROOT / file).read_text(encoding="utf-8"))
        source.tree.body = [one for one in source.tree.body if part in {"", getattr(one, "name", None)}]
        assert list(asking.rows_are_asked_for_by_their_managers(source)), past
    for unlike in rules.UNLIKE:
        file, _, action = unlike.partition(": ")
        assert f"def {action}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("file", "most"), [("vested/config/settings.py", 250), ("vested/core/listing.py", 150)])
def test_what_everybody_reads_stays_short(file: str, most: int) -> None:
    assert len((ROOT / file).read_text(encoding="utf-8").splitlines()) <= most


def unmigrated(now: ProjectState) -> set[str]:
    """The apps whose models are not as their migrations leave them."""
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph)
    return {app for app in changes if apps.get_app_config(app).name.startswith("vested.")}


def test_every_change_of_a_model_has_its_migration() -> None:
    assert unmigrated(ProjectState.from_apps(apps)) == set()


def test_a_change_without_a_migration_is_found() -> None:
    state = ProjectState.from_apps(apps)
    state.remove_field("core", "unit", "ended_on")
    assert unmigrated(state) == {"core"}
