"""Who may ask for which route, and which objects are in its address. A route that is not here fails the walk."""

from django.db import models

from vested.academy.models import Course
from vested.core.models import Grant, Import, Job, Link, Notification, Person, Token, Unit
from vested.core.permissions import Permission
from vested.direction.models import (
    Commitment,
    Decision,
    Escalation,
    Measure,
    Need,
    Objective,
    Obstacle,
    Scenario,
    Vision,
)
from vested.skills.models import Role, Skill

EVERYBODY = "everybody"  # signed in or not
SIGNED_IN = "signed in"  # what of it exists for somebody, visible_to says

POLICY: dict[str, str | Permission] = {
    "health": EVERYBODY,
    "set_language": EVERYBODY,
    "core:sign-in": EVERYBODY,
    "core:sign-out": SIGNED_IN,
    "core:scheme": EVERYBODY,
    "core:enter": EVERYBODY,  # of the demo; elsewhere it does not exist
    "core:home": SIGNED_IN,
    "core:hat": SIGNED_IN,
    "core:components": SIGNED_IN,
    "core:search": SIGNED_IN,
    "core:me": SIGNED_IN,
    "core:inbox": SIGNED_IN,
    "core:inbox-read": SIGNED_IN,
    "core:inbox-read-all": SIGNED_IN,
    "core:jobs": SIGNED_IN,
    "core:job": SIGNED_IN,
    "core:job-progress": SIGNED_IN,
    "core:job-cancel": SIGNED_IN,
    "core:job-retry": SIGNED_IN,
    "core:imports": Permission.IMPORT_RUN,
    "core:import-new": Permission.IMPORT_RUN,
    "core:import-one": Permission.IMPORT_RUN,
    "core:import-columns": Permission.IMPORT_RUN,
    "core:import-report": Permission.IMPORT_RUN,
    "core:import-report-csv": Permission.IMPORT_RUN,
    "core:import-preview": Permission.IMPORT_RUN,
    "core:import-check": Permission.IMPORT_RUN,
    "core:import-drop": Permission.IMPORT_RUN,
    "core:import-undo": Permission.IMPORT_RUN,
    "core:exports": Permission.EXPORT_RUN,
    "core:export": Permission.EXPORT_RUN,
    "core:tokens": SIGNED_IN,
    "core:token-revoke": SIGNED_IN,
    "core:units": SIGNED_IN,
    "core:unit": SIGNED_IN,
    "core:unit-rename": Permission.UNIT_CHANGE,
    "core:unit-move": Permission.UNIT_CHANGE,
    "core:unit-end": Permission.UNIT_CHANGE,
    "core:people": SIGNED_IN,
    "core:person": SIGNED_IN,
    "core:person-move": Permission.PERSON_CHANGE,
    "core:person-grant": Permission.GRANT_CHANGE,
    "core:link-end": Permission.PERSON_CHANGE,
    "core:grant-end": Permission.GRANT_CHANGE,
    "direction:vision": SIGNED_IN,
    "direction:vision-write": Permission.DIRECTION_CHANGE,
    "direction:vision-version": SIGNED_IN,
    "direction:scenario-new": Permission.DIRECTION_CHANGE,
    "direction:scenario-end": Permission.DIRECTION_CHANGE,
    "direction:need-new": Permission.DIRECTION_CHANGE,
    "direction:need-end": Permission.DIRECTION_CHANGE,
    "direction:meanings": SIGNED_IN,
    "direction:retellings": SIGNED_IN,
    "direction:retelling-new": Permission.DIRECTION_CHANGE,
    "direction:meaning": SIGNED_IN,
    "direction:meaning-say": Permission.DIRECTION_CHANGE,
    "direction:objectives": SIGNED_IN,
    "direction:tree": SIGNED_IN,
    "direction:objective-new": Permission.DIRECTION_CHANGE,
    "direction:objective": SIGNED_IN,
    "direction:objective-change": Permission.DIRECTION_CHANGE,
    "direction:objective-close": Permission.DIRECTION_CHANGE,
    "direction:measure-new": Permission.DIRECTION_CHANGE,
    "direction:measure": SIGNED_IN,
    "direction:measure-observe": SIGNED_IN,  # its owner, and who may change it
    "direction:measure-figures": SIGNED_IN,
    "direction:commitments": SIGNED_IN,
    "direction:commitment-new": Permission.DIRECTION_CHANGE,
    "direction:kept": SIGNED_IN,
    "direction:commitment": SIGNED_IN,
    "direction:commitment-prove": SIGNED_IN,  # whose it is, and who leads there
    "direction:commitment-withdraw": SIGNED_IN,  # as above
    "direction:commitment-reply": SIGNED_IN,  # as above
    "direction:public": EVERYBODY,  # what is marked public
    "direction:public-feed": EVERYBODY,  # as above
    "direction:obstacles": SIGNED_IN,
    "direction:obstacle-new": SIGNED_IN,
    "direction:obstacle-counts": SIGNED_IN,
    "direction:obstacle": SIGNED_IN,
    "direction:obstacle-own": SIGNED_IN,  # its owner, and who leads there
    "direction:obstacle-answer": SIGNED_IN,  # as above
    "direction:escalations": SIGNED_IN,
    "direction:escalation-new": SIGNED_IN,
    "direction:escalation": SIGNED_IN,
    "direction:escalation-decide": SIGNED_IN,  # whose turn it is
    "direction:decisions": SIGNED_IN,
    "direction:decision": SIGNED_IN,
    "direction:decision-follow": SIGNED_IN,  # who had a part in it
    "skills:gaps": Permission.FIGURES_SEE,
    "skills:gap-people": Permission.PEOPLE_SEE,
    "skills:gap-needs": Permission.FIGURES_SEE,
    "skills:skills": SIGNED_IN,
    "skills:skill": SIGNED_IN,
    "skills:frameworks": SIGNED_IN,
    "skills:demands": SIGNED_IN,
    "skills:roles": SIGNED_IN,
    "skills:role": SIGNED_IN,
    "skills:role-people": SIGNED_IN,
    "academy:courses": SIGNED_IN,
    "academy:course": SIGNED_IN,
    "academy:course-teaches": Permission.PERSON_CHANGE,
    "academy:sessions": SIGNED_IN,
    "academy:providers": SIGNED_IN,
}

# What a page tells of somebody who does not exist for its reader, and why it may.
TOLD = {
    ("core:job", "person"): "who started a job is part of its history",
    ("core:job-progress", "person"): "as above",
    ("core:jobs", "person"): "as above",
    ("direction:vision", "person"): "who told the vision again did it openly",
    ("direction:vision-version", "person"): "who wrote it answers for it",
    ("direction:retellings", "person"): "who told the vision again did it openly",
    ("direction:meaning", "person"): "who said it answers for it",
    ("direction:objectives", "person"): "who owns an objective answers for it",
    ("direction:tree", "person"): "as above",
    ("direction:objective", "person"): "as above",
    ("direction:measure", "person"): "who noted an observation answers for it",
    ("direction:commitments", "person"): "who promised something answers for it",
    ("direction:commitment", "person"): "as above",
    ("direction:kept", "person"): "as above",
    ("core:unit", "person"): "as above",
    ("direction:obstacles", "person"): "who owns an obstacle answers for it",
    ("direction:obstacle", "person"): "as above",
    (
        "direction:escalations",
        "person",
    ): "whose turn it is, and who asked for a decision, is no secret to who may see it",
    ("direction:escalation", "person"): "as above",
    ("direction:decisions", "person"): "who decided answers for it",
    ("direction:decision", "person"): "as above",
}

# Whose key stands behind these words of an address; longer words go before shorter ones.
FILLED: dict[str, type[models.Model]] = {
    "units/": Unit,
    "people/": Person,
    "grants/": Grant,
    "tokens/": Token,
    "links/": Link,
    "skills/": Skill,
    "roles/": Role,
    "courses/": Course,
    "versions/": Vision,
    "scenarios/": Scenario,
    "needs/": Need,
    "objectives/": Objective,
    "measures/": Measure,
    "commitments/": Commitment,
    "obstacles/": Obstacle,
    "escalations/": Escalation,
    "decisions/": Decision,
    "jobs/": Job,
    "notifications/": Notification,
    "imports/": Import,
    "exports/": Job,
}
