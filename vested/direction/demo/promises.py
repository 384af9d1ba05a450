"""Made-up promises, obstacles, escalations and decisions of half a year."""

from datetime import UTC, date, datetime, time, timedelta

from vested.core.models import Person, Unit
from vested.core.viewer import Viewer
from vested.direction import actions
from vested.direction.models import Commitment, Objective

# Words, to whom, days from the start until it was due, what became of it (days after it was due; None: nothing yet).
PROMISES: tuple[tuple[str, str, int, int | None], ...] = (
    ("Every letter says in its first sentence what was decided", "Everybody we write to", 60, -3),
    ("Publish how long each kind of case takes", "Everybody", 75, -10),
    ("One form instead of four for a new child", "Parents of young children", 90, 12),
    ("No team waits more than a week for a test system", "Our own teams", 100, -1),
    ("A person answers the phone until eight in the evening", "People who do not use screens", 60, None),
    ("Answer the works council's questions about the plan", "The works council", 120, -5),
    ("Open our register of addresses to the regions", "The five regions", 150, None),
    ("Hire two accessibility testers who use a screen reader", "People with impaired sight", 170, -2),
    ("Show what each agency pays for licences", "The ministry of finance", 172, None),
    ("Let businesses see their own file", "Small businesses", 190, None),
    ("Reply to each idea within ten days", "Everybody who works here", 200, None),
    ("Publish the accident statistics as open data", "Journalists", 240, None),
)
REGISTER = 6  # of these, what a decision was asked for about
OBSTACLES = (
    ("rule", "Two signatures on paper for every purchase under 500.", "One signature, on screen.", True, "removed"),
    (
        "tool",
        "There is no tool to share large files with the regions.",
        "One that security allows.",
        False,
        "explained",
    ),
    ("structure", "Three agencies each answer a third of the same question.", "One answers for all.", True, ""),
    ("worry", "We hear that the new plan will close our counter. Nobody says yes or no.", "An answer.", False, ""),
    ("rule", "A pilot needs the same approvals as a system for everybody.", "A small track.", False, ""),
)


def promises(by: Viewer, units: list[Unit], leaders: dict[int, Person], start: date, today: date) -> None:
    """Make promises, keep most of them, break one."""
    aim = Objective.objects.order_by("pk").first()
    for number, (words, whom, days, became) in enumerate(PROMISES):
        unit, due = units[number % len(units)], start + timedelta(days=days)
        made = actions.make_commitment(
            by=by, words=words, to_whom=whom, person=leaders.get(unit.pk), unit=unit,
            objective=aim if number == 2 else None, due_on=due, proof_is="Somebody outside can see it.",
            public=number % 3 != 2, at=_at(start + timedelta(days=5)),
        )  # fmt: skip
        _settle(by, made, became, today)
    given_up = actions.make_commitment(
        by=by, words="A parking permit that holds in every region", to_whom="Drivers",
        person=leaders.get(units[0].pk), unit=units[0], objective=None, due_on=today + timedelta(days=40),
        proof_is="The regions accept it.", public=True, at=_at(start),
    )  # fmt: skip
    why = "Two regions decided on a permit of their own. We told the drivers' associations."
    actions.withdraw_commitment(by=by, commitment=given_up, why=why, on=today - timedelta(days=20))


def _settle(by: Viewer, made: Commitment, became: int | None, today: date) -> None:
    if became is not None:
        on = made.due_on + timedelta(days=became)
        actions.prove_commitment(by=by, commitment=made, proof="Generated for the demo.", on=on, today=today)
    elif made.due_on < today:
        words = "The supplier is late. We ask you to wait until the end of next month."
        actions.reply_to_commitment(by=by, commitment=made, words=words, on=made.due_on)


def obstacles(by: Viewer, units: list[Unit], leaders: dict[int, Person], start: date) -> None:
    """Raise obstacles, some of nobody; answer two."""
    for number, (kind, words, wish, named, outcome) in enumerate(OBSTACLES):
        unit, day = units[number % len(units)], start + timedelta(days=150 if not outcome else 40 + 20 * number)
        raised = actions.raise_obstacle(by=by, kind=kind, words=words, wish=wish, unit=unit, named=named, at=_at(day))
        owner, answer_by = leaders.get(unit.pk), day + timedelta(days=30)
        raised = actions.own_obstacle(by=by, obstacle=raised, owner=owner, answer_by=answer_by, at=_at(day))
        if outcome:
            answer = (
                "Since this month one signature is enough." if outcome == "removed" else "Security allows none yet."
            )
            at = _at(day + timedelta(days=12))
            actions.answer_obstacle(by=by, obstacle=raised, outcome=outcome, answer=answer, at=at)


def escalations(by: Viewer, units: list[Unit], leaders: dict[int, Person], start: date, today: date) -> None:
    """Ask for three decisions: one taken, one that has climbed to the director, one overdue at the top."""
    asked = (
        ("Who owns the register of addresses?", "Who owns it after it goes live?", start + timedelta(days=60), 30),
        ("Two agencies buy the same tool", "Which of the two contracts do we keep?", today - timedelta(days=9), 7),
        ("The counter in the north", "Do we keep it open next year?", today - timedelta(days=24), 7),
    )
    register = Commitment.objects.filter(words=PROMISES[REGISTER][0]).first()
    for number, (title, question, day, each) in enumerate(asked):
        unit = units[(number + 1) % len(units)]
        raised = actions.raise_escalation(
            by=by, title=title, words="Made up for the demo: two units see it differently, and nothing moves.",
            asked=question, options=["The first", "The second", "Both, for one year"], unit=unit,
            owner=leaders.get(unit.pk), owner_by=day + timedelta(days=each), director_by=day + timedelta(days=2 * each),
            top_by=day + timedelta(days=3 * each), about=None if number else register, at=_at(day),
        )  # fmt: skip
        if number == 0:
            on = day + timedelta(days=20)
            why = "It already answers for the data every day; the other pays a third."
            made = actions.decide_escalation(by=by, escalation=raised, chosen="The first", why=why, at=_at(on))
            words = "The agreement is signed; the first joint week went well."
            actions.note_follow_up(by=by, decision=made, words=words, on=on + timedelta(days=30))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
