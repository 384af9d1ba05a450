"""Which objects are in the address of a route."""

from django.db import models

from vested.academy.models import Course, Enrolment, Objection, Session, Wish
from vested.core.models import Counterparty, Grant, Hat, Import, Job, Link, Notification, Opening, Person, Token, Unit
from vested.direction.models import (
    Commitment,
    Decision,
    Duty,
    Escalation,
    Future,
    Hope,
    Invitation,
    Measure,
    Need,
    Objective,
    Obstacle,
    Opportunity,
    SteeringSession,
    Vision,
)
from vested.ecosystem.models import Agreement, Contact, Document, Party, Share
from vested.plans.models import Plan, Scenario
from vested.portfolio.models import Benefit, Block, Contract, Difference, Initiative, Pool
from vested.skills.models import Role, Skill, Source

# Whose key stands behind these words of an address; longer words go before shorter ones.
FILLED: dict[str, type[models.Model]] = {
    "units/": Unit,
    "people/": Person,
    "grants/": Grant,
    "tokens/": Token,
    "openings/": Opening,
    "hats/": Hat,
    "counterparties/": Counterparty,
    "links/": Link,
    "skills/": Skill,
    "roles/": Role,
    "courses/": Course,
    "sessions/": Session,
    "enrolments/": Enrolment,
    "objections/": Objection,
    "versions/": Vision,
    "futures/": Future,
    "needs/": Need,
    "meanings/": Unit,
    "objectives/": Objective,
    "measures/": Measure,
    "wishes/": Wish,
    "agreements/": Agreement,
    "shared/": Share,
    "parties/": Party,
    "contacts/": Contact,
    "documents/": Document,
    "partners/": Person,
    "commitments/": Commitment,
    "obstacles/": Obstacle,
    "escalations/": Escalation,
    "decisions/": Decision,
    "duties/": Duty,
    "opportunities/": Opportunity,
    "invitations/": Invitation,
    "leaders/": Person,
    "hopes/": Hope,
    "steering/": SteeringSession,
    "initiatives/": Source,
    "portfolio/": Initiative,
    "portfolio/register/": Job,
    "portfolio/differences/": Difference,
    "portfolio/benefits/": Benefit,
    "portfolio/contracts/": Contract,
    "portfolio/supply/pools/": Pool,
    "systems/": Block,
    "jobs/": Job,
    "notifications/": Notification,
    "imports/": Import,
    "exports/": Job,
    "personal/files/": Job,
    "scenarios/": Scenario,
    "plans/": Plan,
    "roadmap/tried/": Job,
    "plans/files/": Job,
}
