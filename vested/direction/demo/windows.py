"""Made-up duties, opportunities, hopes and a steering session."""

from datetime import UTC, date, datetime, time, timedelta

from vested.core import links
from vested.core.actions import link
from vested.core.models import Person, Unit
from vested.core.viewer import Viewer
from vested.direction import actions
from vested.direction.models import Objective

# Title, where it is written, kind, days from today until it is due, whether an objective answers it.
DUTIES = (
    ("Report incidents within a day", "Security act, article 21", "security", 60, False),
    ("Citizens can see their own data", "Data protection act, article 15", "privacy", 200, True),
    ("Ask for nothing an authority knows", "National digital strategy, page 12", "national", 400, True),
    ("Every page readable by all", "Accessibility act, article 4", "law", -20, False),
)


def windows(by: Viewer, units: list[Unit], leaders: dict[int, Person], today: date) -> None:
    """Note what is demanded, and open a window with two who are in."""
    aim = Objective.objects.order_by("pk").first()
    for number, (title, source, kind, days, answered) in enumerate(DUTIES):
        unit = units[number % len(units)]
        duty = actions.add_duty(
            by=by, title=title, kind=kind, source=source, words=f"Made up for the demo: {title.lower()}.", code="",
            unit=unit, owner=leaders.get(unit.pk), due_on=today + timedelta(days=days),
        )  # fmt: skip
        if answered and aim:
            link(by=by, kind=links.kind_of("covers"), source=aim, target=duty, on=today)
    window = actions.open_opportunity(
        by=by, title="Joint tickets with the three regions", unit=units[0], owner=leaders.get(units[0].pk),
        intention="One ticket for every bus and train. We build it once and give it to whoever joins.",
        opens_on=today - timedelta(days=40), closes_on=today + timedelta(days=25),
    )  # fmt: skip
    for party, answer in (
        ("Region North", "in"),
        ("Region Coast", "in"),
        ("Region South", "later"),
        ("The railway", ""),
    ):
        asked = actions.invite(by=by, opportunity=window, party=party, on=today - timedelta(days=30))
        if answer:
            on = today - timedelta(days=20)
            actions.answer_invitation(by=by, invitation=asked, answer=answer, words="", on=on)
    words = "The two that are in have agreed on one tariff."
    actions.note_momentum(by=by, opportunity=window, words=words, on=today - timedelta(days=6))


def steering(by: Viewer, units: list[Unit], leaders: dict[int, Person], today: date) -> None:
    """Let managers hope, hold a session, and call the next one."""
    texts = ("Show me which cases wait longest.", "Let me approve leave on my phone.", "One place for all templates.")
    for number, words in enumerate(texts):
        unit = units[(number + 1) % len(units)]
        if unit.pk in leaders:
            on = today - timedelta(days=50 - number)
            hope = actions.say_hope(by=by, unit=unit, words=words, on=on, person=leaders[unit.pk])
            if number == 0:
                at = datetime.combine(on + timedelta(days=9), time(9), tzinfo=UTC)
                actions.answer_hope(
                    by=by, hope=hope, outcome="need", answer="Noted, with its evidence.", at=at, group="Heads of unit",
                    words="To see which cases wait longest, without asking anybody.",
                )  # fmt: skip
    forum = "Steering group for digital change"
    held = actions.call_session(by=by, forum=forum, on=today - timedelta(days=14), unit=None)
    actions.note_attendance(by=by, session=held, people=list(leaders.values()))
    why = "It is the one promise that everybody outside can check."
    actions.decide_in_session(
        by=by, session=held, what="Do we publish how long cases take?", chosen="Yes, each month", why=why
    )
    actions.call_session(by=by, forum=forum, on=today + timedelta(days=7), unit=None)
