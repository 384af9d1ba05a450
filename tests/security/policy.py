"""Who may ask for which route, and which objects are in its address. A route that is not here fails the walk."""

from django.db import models

from vested.academy.models import Course, Enrolment, Objection, Session, Wish
from vested.core.models import Grant, Import, Job, Link, Notification, Person, Token, Unit
from vested.core.permissions import Permission
from vested.skills.models import Role, Skill

EVERYBODY = "everybody"  # signed in or not
SIGNED_IN = "signed in"  # what of it exists for somebody, visible_to says
OWN = "one's own"  # refused where it is somebody else's, unless a role lets one

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
    "academy:course-wait": SIGNED_IN,
    "academy:course-object": SIGNED_IN,
    "academy:course-ask": SIGNED_IN,
    "academy:wish-take-back": SIGNED_IN,
    "academy:mine": SIGNED_IN,
    "academy:mine-calendar": SIGNED_IN,
    "academy:team": Permission.PEOPLE_SEE,
    "academy:sessions": SIGNED_IN,
    "academy:session": SIGNED_IN,
    "academy:session-wait": SIGNED_IN,
    "academy:session-calendar": SIGNED_IN,
    "academy:attendance": Permission.ENROLMENT_CHANGE,
    "academy:enrolments": Permission.ENROLMENT_CHANGE,
    "academy:enrolment": SIGNED_IN,
    "academy:enrolment-accept": OWN,
    "academy:enrolment-decline": OWN,
    "academy:enrolment-withdraw": OWN,
    "academy:enrolment-leave": OWN,
    "academy:enrolment-object": OWN,
    "academy:enrolment-offer": Permission.ENROLMENT_OFFER,
    "academy:objections": SIGNED_IN,
    "academy:objection": SIGNED_IN,
    "academy:objection-answer": Permission.ENROLMENT_CHANGE,
    "academy:objection-withdraw": SIGNED_IN,
    "academy:providers": SIGNED_IN,
}

# What a page tells of somebody who does not exist for its reader, and why it may.
TOLD = {
    ("core:job", "person"): "who started a job is part of its history",
    ("core:job-progress", "person"): "as above",
    ("core:jobs", "person"): "as above",
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
    "sessions/": Session,
    "enrolments/": Enrolment,
    "objections/": Objection,
    "wishes/": Wish,
    "jobs/": Job,
    "notifications/": Notification,
    "imports/": Import,
    "exports/": Job,
}
