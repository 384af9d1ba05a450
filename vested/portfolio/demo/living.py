"""One initiative of the demo from its idea to today, by the actions people would have taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from vested.core.viewer import Viewer
from vested.portfolio import actions
from vested.portfolio.demo.courses import APPROVED, COSTS, IDEA, LIVE, PREPARED, Course, Stage
from vested.portfolio.demo.works import Work
from vested.portfolio.models import Benefit, Block, Initiative, Mode, Pool
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.quarters import later, quarter_of, span
from vested.portfolio.queries.standing import look
from vested.portfolio.queries.thresholds import thresholds_of

ORDER = list(Stage)
SHOWN = (
    ("The first screen, with real data", "Six users", "They look for the date first.", "continue"),
    ("Sign-in to receipt, end to end", "The service desk", "Nobody reads the second page: it goes.", "change"),
    ("A whole case, on a phone", "Twelve users", "Older users ask for larger buttons.", "continue"),
    ("The figures somebody steers by", "Heads of unit", "One figure is enough.", "continue"),
    ("The same in a second unit", "The unit in the north", "Their rules differ in two points.", "scale"),
    ("Everything but the archive", "The archive", "They want it earlier next time.", "continue"),
)
WHY = "Decided by the steering group on what was shown."


@dataclass(frozen=True, slots=True)
class Story:
    """An initiative, and how it went."""

    by: Viewer
    one: Initiative
    work: Work
    course: Course
    number: int
    today: date
    pools: Sequence[Pool]
    blocks: Mapping[str, Block]

    def tell(self) -> None:
        """Do all that was done until today."""
        if self.course.bare != "way":
            benefits = self._plan()
            for gate in ORDER[1 : ORDER.index(self.course.stage) + 1]:
                self._pass(gate)
            self._spend()
            self._follow()
            if self.course.stage == LIVE:
                self._review(benefits)
            if self.course.stage not in {IDEA, PREPARED} and not self.course.ends:
                self._claim()

    @property
    def _starts(self) -> date:
        return later(quarter_of(self.today), self.course.starts)

    @property
    def _cost(self) -> Decimal:
        return Decimal(COSTS[self.number % len(COSTS)]) * 1000

    @property
    def _gain(self) -> float:
        """What it brings a year."""
        return float(self._cost) * (0.2 + 0.07 * (self.number * 5 % 7))

    def _day(self, gate: Stage) -> date:
        """When it passed a gate."""
        ends = later(self._starts, self.course.quarters + (self.course.longer if self.course.stage == LIVE else 0))
        days = {
            Stage.PREPARED: min(self._starts - timedelta(days=80), self.today - timedelta(days=45)),
            Stage.APPROVED: min(self._starts - timedelta(days=20), self.today - timedelta(days=14)),
            Stage.DELIVERY: self._starts + timedelta(days=6),
            Stage.LIVE: ends - timedelta(days=4),
        }
        return days[gate]

    def _mode(self, *, quarters: int, cost: Decimal) -> Mode:
        """Say how it is done: a pilot or a roll-out, a quarter of its people more in the middle."""
        each = _round(cost / quarters)
        costs = [*([each] * (quarters - 1)), cost - each * (quarters - 1)]
        crew, other = self.pools[self.number % 5], self.pools[(self.number + 2) % 5]
        people = max(1.0, round(float(cost) / quarters / 30_000) / 2)
        planned = self.course.pilot and self.course.bare != "pilot"
        used = [self.blocks[code] for code in list(self.blocks)[self.number % 3 :: 3]]
        mode = actions.set_mode(
            by=self.by, initiative=self.one, kind="pilot" if self.course.pilot else "rollout", quarters=quarters,
            benefit=round(self._gain, -2), costs=costs,
            people={crew: [people] * quarters, other: [0.5] * quarters},
            blocks=[block for block in used if block.exists or self.course.stage in {IDEA, PREPARED}],
            scaling_owner=self.one.owner if planned else None,
            scaling_path="The ministry's budget of next year, line 12" if planned else "",
            pilot_ends_on=later(self._starts, quarters) if planned else None,
        )  # fmt: skip
        actions.choose_mode(by=self.by, initiative=self.one, mode=mode, starts_on=self._starts)
        return mode

    def _otherwise(self) -> None:
        """Say how else it could be done: built on what is there, for less and bringing less; or tried first."""
        there = [block for block in self.blocks.values() if block.exists]
        quarters, crew = self.course.quarters, self.pools[self.number % 5]
        people = max(0.5, round(float(self._cost) / quarters / 30_000) / 3)
        ways = {
            "reuse": (max(1, quarters - 1), Decimal("0.6"), there[self.number % len(there) :][:1]),
            "rollout" if self.course.pilot else "pilot": (quarters + 1, Decimal("0.9"), []),
        }
        for kind, (long, share, blocks) in ways.items():
            if kind == "reuse" and self.number % 3 == 0:
                continue
            cost = _round(self._cost * share)
            each = _round(cost / long)
            actions.set_mode(
                by=self.by, initiative=self.one, kind=kind, quarters=long, benefit=round(self._gain * float(share), -2),
                costs=[*([each] * (long - 1)), cost - each * (long - 1)], people={crew: [_half(people)] * long},
                blocks=blocks, scaling_owner=self.one.owner if kind == "pilot" else None,
                scaling_path="The ministry's budget of next year, line 12" if kind == "pilot" else "",
                pilot_ends_on=later(self._starts, long) if kind == "pilot" else None,
            )  # fmt: skip

    def _plan(self) -> list[Benefit]:
        self._mode(quarters=self.course.quarters, cost=self._cost)
        if self.course.stage in {IDEA, PREPARED, APPROVED}:
            self._otherwise()
        ends = later(self._starts, self.course.quarters)
        looked = max(ends + timedelta(days=150), self.today + timedelta(days=20 + self.number))
        gains = ((self.work.gain, False, self.work.amount, self.work.counts), ("Money saved", True, 0.0, ""))
        return [
            actions.add_benefit(
                by=self.by, initiative=self.one, words=words, economic=money, counts=counts, owner=self.one.owner,
                amount=round(self._gain, -2) if money else amount, review_on=looked,
            )
            for words, money, amount, counts in gains
        ]  # fmt: skip

    def _pass(self, gate: Stage) -> None:
        """Pass a gate as people do: judge what it asks, or let a check wait."""
        on = self._day(gate)
        asked = {Stage.APPROVED: ("funded", "architecture", "reuse"), Stage.DELIVERY: ("team",)}.get(gate, ())
        for code in asked:
            large = self._cost >= thresholds_of(self.by).large_from
            if code != self.course.waived and (large or code in {"funded", "team"}):
                words = "Looked at by the architecture board." if code in {"architecture", "reuse"} else "Agreed."
                actions.judge(by=self.by, initiative=self.one, code=code, met=True, words=words, on=on)
        if gate == LIVE:
            self._shown(3)
            self._hand_over()
        if self.course.waived and (self.course.waived in asked or (gate, self.course.waived) == (LIVE, "continuity")):
            until = min(self.today + timedelta(days=self.course.days), on + timedelta(days=365))
            reason = "The people are promised for the end of the month; waiting would cost a season."
            actions.waive(by=self.by, initiative=self.one, code=self.course.waived, reason=reason, until=until, on=on)
        actions.pass_gate(by=self.by, initiative=self.one, gate=gate, words=WHY, on=on)

    def _spend(self) -> None:
        """Note what was spent in each quarter that is over."""
        if self.course.stage not in {Stage.DELIVERY, LIVE}:
            return
        over = [day for day in span(self._starts, self.course.quarters) if later(day, 1) <= self.today]
        for place, day in enumerate(over if self.course.noted else over[:1]):
            amount = self._cost / self.course.quarters * Decimal(str(self.course.spend + 0.03 * (place % 3 - 1)))
            actions.note_spending(
                by=self.by, initiative=self.one, quarter=day, amount=_round(amount), source="Accounts",
                on=min(later(day, 1) + timedelta(days=12), self.today),
            )  # fmt: skip

    def _follow(self) -> None:
        """Show increments; plan otherwise than was frozen, freeze that anew; stop."""
        if self.course.stage != Stage.DELIVERY:
            return
        self._shown(self.course.shown)
        if self.course.longer:
            cost = self._cost * (10 + 2 * self.course.longer) / 10
            self._mode(quarters=self.course.quarters + self.course.longer, cost=cost)
        if self.course.anew:
            why = "The supplier of the register went out of business; the second bidder begins three quarters later."
            on = self._starts + timedelta(days=200)
            actions.rebaseline(by=self.by, initiative=self.one, why=why, on=on)
        if self.course.ends == "stopped":
            words = "Users of the pilot went on with what they had: it saved them less than it asked of them."
            actions.show_increment(
                by=self.by, initiative=self.one, shown="The pilot beside the old way", to_whom="Twenty users",
                learnt=words, decided="stop", why="Stopping now keeps half of the money.",
                on=self.today - timedelta(days=30),
            )  # fmt: skip

    def _shown(self, count: int) -> None:
        first = self._day(Stage.DELIVERY)
        last = min(self._day(LIVE), self.today) - timedelta(
            days=self.number % 6 * 5 if self.course.said != "old" else 130
        )
        for number in range(count):
            shown, whom, learnt, decided = SHOWN[(number + self.number) % len(SHOWN)]
            on = last - timedelta(days=38 * (count - number - 1))
            if on > first:
                actions.show_increment(
                    by=self.by, initiative=self.one, shown=shown, to_whom=whom, learnt=learnt, decided=decided, why=WHY,
                    on=on,
                )  # fmt: skip

    def _hand_over(self) -> None:
        actions.hand_over(
            by=self.by, initiative=self.one, operator=self.one.owner, support="The service desk, on working days 8–20",
            running_cost=self._cost / 10, continuity="" if self.course.waived == "continuity" else "Paper for two days",
            skills="Two of operations have run the pilot.",
        )  # fmt: skip

    def _review(self, benefits: Sequence[Benefit]) -> None:
        """Look whether it brought what it was to bring, and close it where that was the end."""
        on = min(self._day(LIVE) + timedelta(days=90), self.today)
        for benefit in benefits:
            found = round(benefit.amount * self.course.found, 1)
            actions.review_benefit(
                by=self.by, benefit=benefit, found=found, words="Counted in the system, three months.", on=on,
                again_on=None if self.course.ends else self.today + timedelta(days=60 + self.number),
            )  # fmt: skip
        if self.course.ends == "done":
            lesson = "Handing over in the second month, not the last, saved us the usual quarter of repairs."
            actions.close_initiative(
                by=self.by, initiative=self.one, outcome="done", why="It runs, and brings what it was to bring.",
                lesson=lesson, on=self.today - timedelta(days=20),
            )  # fmt: skip

    def _claim(self) -> None:
        """Say how it stands: the truth, or that all is well."""
        if not self.course.said:
            return
        well = dict.fromkeys(map(str, Side), str(Standing.ON_COURSE))
        if self.course.said == "truth":
            whole = Initiative.objects.all().looked_at().get(pk=self.one.pk)
            well |= {
                str(side): str(seen.standing) for side, seen in look(whole, thresholds_of(self.by), self.today).items()
            }
        words = {"truth": "As the figures say.", "well": "The team is confident.", "old": "A good start."}
        ago = 200 if self.course.said == "old" else 6 + self.number % 30
        actions.claim(
            by=self.by, initiative=self.one, words=words[self.course.said], on=self.today - timedelta(days=ago), **well
        )


def _half(people: float) -> float:
    """To half a person, and at least that."""
    return max(0.5, round(2 * people) / 2)


def _round(amount: Decimal) -> Decimal:
    """To hundreds."""
    return Decimal(round(amount / 100) * 100)
