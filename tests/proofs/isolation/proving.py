"""Send the requests, take away a wall or a restriction, and count what is caught."""

import ast
from collections.abc import Collection, Iterable, Iterator
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any

from django.db import transaction

from tests.house import rules
from tests.house.tree import name
from tests.proofs.isolation.asking import Request, requests, send
from tests.proofs.isolation.judging import Shape, across, faults, shape
from tests.proofs.isolation.layers import alone
from tests.proofs.isolation.mutants import ALL_VISIBLE, At, Mutant, applied, narrowing, passed, watched
from tests.proofs.isolation.world import PARTNER, Who, World
from tests.security.planted import ours
from tests.security.policy import PERSONAL, TO_PARTNERS
from vested.core.checks import walls
from vested.core.scope import Scope
from vested.plans.queries.solved import forget
from vested.skills.queries.gaps.computed import unpacked

Asked = tuple[Who, Request]
# Between them they pass by every function; each process asks as them.
NOTED = (Who("ours", "manager"), Who("ours", "cdo"), Who("ours", PARTNER))


@dataclass
class Proof:
    """What was sent and found so far."""

    world: World
    seed: int = 0
    each: int = 10  # requests of each who asks that a mutant is tried with, where as many go by it
    more: int = 5  # times as many are tried where those show nothing
    sent: int = 0
    found: list[str] = field(default_factory=list)
    before: dict[Asked, Shape] = field(default_factory=dict)
    passing: dict[At, list[Request]] = field(default_factory=dict)

    def ask(self, every: Iterable[Asked], called: set[At] | None = None) -> Iterator[tuple[Asked, Any]]:
        """Send each, signed in once for each who asks; whatever it writes is undone."""
        called = set() if called is None else called
        for who, some in groupby(every, key=lambda one: one[0]):
            client = self.world.client(who)
            cookies = client.cookies
            for _who, request in some:
                client.cookies = deepcopy(cookies)  # whatever was said or chosen before
                called.clear()
                with transaction.atomic():
                    answer = send(self.world, client, request)
                    transaction.set_rollback(True)
                for function in called:
                    self.passing.setdefault(function, []).append(request)
                self.sent += 1
                if self.sent % 5_000 == 0:
                    print(f"  {self.sent:,} requests, {len(self.found)} leaks", flush=True)
                yield (who, request), answer

    def walk(self, every: list[Asked], functions: Collection[At]) -> None:
        """Ask for everything as it is; keep what was answered, and by which functions each request goes."""
        with watched(functions) as called:
            for asked, answer in self.ask(every, called):
                self._found(faults(self.world, *asked, answer))
                self.before[asked] = shape(answer)

    def walk_sectors(self, every: list[Asked]) -> int:
        """Ask with the code's wall taken away; only what crosses sectors counts. How many told of anything at all."""
        telling = 0
        for (who, request), answer in self.ask(every):
            self._found([f"SQL alone: {request.address} {said}" for said in across(self.world, who, answer)])
            telling += bool(shape(answer).told)
        return telling

    def walk_code(self, every: list[Asked]) -> None:
        """Ask with the database's wall taken away."""
        for asked, answer in self.ask(every):
            self._found([f"code alone: {said}" for said in faults(self.world, *asked, answer)])

    def is_held_twice(self, mutant: Mutant) -> bool:
        """Whether it hides or refuses something where it is the only restriction: so others did that in its place."""
        some, answers = self._some(mutant, self.each), []
        for how in (nullcontext(), applied(mutant), nullcontext()):  # a page may say what time it is
            with alone(mutant), how:
                answers.append([shape(answer) for _asked, answer in self.ask(some)])
        return any(held == again != gone for held, gone, again in zip(*answers, strict=True))

    def _found(self, said: list[str]) -> None:
        for one in said:
            print(f"  LEAK {one}", flush=True)
        self.found += said

    def judged(self, mutant: Mutant) -> tuple[str, ...]:
        """What came of taking a restriction away: caught, and by what; that it hides nothing, or is held twice."""
        if how := self.caught(mutant):
            return "caught", how
        if is_equal(self.world, mutant):
            return ("equal",)
        return ("twice",) if self.is_held_twice(mutant) else ("survived",)

    def caught(self, mutant: Mutant) -> str:
        """By what a removed restriction is caught: nothing where it is not."""
        if how := _by_rules(mutant):
            return how
        asked = set[Asked]()
        for each in (self.each, self.each * self.more):
            some = [one for one in self._some(mutant, each) if one not in asked]
            asked.update(some)
            if self._shows(mutant, some):
                return "shown"
            if is_equal(self.world, mutant):
                return ""
        return ""

    def _shows(self, mutant: Mutant, some: list[Asked]) -> bool:
        """Whether something is answered or done otherwise without a restriction, and as before with it again."""
        for asked, answer in self.ask([one for one in some if one not in self.before]):
            self.before[asked] = shape(answer)
        other = []
        try:
            with applied(mutant) as could:
                for asked, answer in self.ask(some if could else []):
                    now, before = shape(answer), self.before[asked]
                    if now.status != before.status or now.told - before.told or faults(self.world, *asked, answer):
                        return True
                    if now != before:
                        other.append(asked)
        finally:
            unpacked.cache_clear()
            forget()
        return any(shape(answer) == self.before[asked] for asked, answer in self.ask(other[: self.more]))

    def _some(self, mutant: Mutant, each: int) -> list[Asked]:
        """Requests that go by it, of everybody: of as many different pages as there are."""
        every = dict.fromkeys(self.passing.get((str(mutant.file), mutant.function[1]), []))
        random = Random(f"{self.seed} {mutant.key}")  # noqa: S311 - the same requests for the same seed
        chosen: list[Asked] = []
        for who in self.world.everybody():
            some = [one for one in every if who.role != PARTNER or one.name in TO_PARTNERS]
            random.shuffle(some)
            once = {(one.name, one.method): one for one in some}
            chosen += [(who, request) for request in [*once.values(), *some][:each]]
        return chosen


def everything(world: World, *, most: int) -> list[Asked]:
    """Everybody, and all they could ask for."""
    every = list(requests(world, most=most))
    return [(who, request) for who in world.everybody() for request in every]


def is_equal(world: World, mutant: Mutant) -> bool:
    """Whether what was taken away hides nothing: of some kinds of things all of a sector's are for everybody in it."""
    if mutant.what == ALL_VISIBLE:
        shown = [model for model in ours() if _shows(model, mutant)]
        return bool(shown) and not any(_narrows(world, model) for model in shown)
    return "visible_to(" in mutant.what and mutant.key in passed - narrowing


def _shows(model: Any, mutant: Mutant) -> bool:
    code = model._default_manager._queryset_class.visible_to.__code__
    return bool((code.co_filename, code.co_firstlineno) == (str(mutant.file), mutant.line))


def _narrows(world: World, model: Any) -> bool:
    """Whether some of the rows that somebody's questions find do not exist for them."""
    return any(rows[model] != world.found[who][model] for who, rows in world.exist.items() if rows)


def _by_rules(mutant: Mutant) -> str:
    """The rules of the house about an action, and what is declared to be personal."""
    if mutant.what == "scope = Scope.PERSONAL":
        names = {model.__name__ for model in ours() if model.scope is Scope.PERSONAL}
        return "declared" if names == PERSONAL else ""
    if mutant.what.startswith("walled_by = "):
        return "declared" if _is_missed(mutant) else ""
    changed = rules.Source(name(mutant.file), mutant.tree())
    return "house" if any(rules.actions_have_one_shape(changed)) else ""


def _is_missed(mutant: Mutant) -> bool:
    """Whether the check of models says that a declaration of what hides a row is gone."""
    said = f"vested.{name(mutant.file).removeprefix('vested/').removesuffix('.py').replace('/', '.')}"
    keys = ast.literal_eval(mutant.what.partition(" = ")[2])
    models = [model for model in ours() if model.__module__ == said and model.walled_by == keys]
    for model in models:
        model.walled_by = ()
        try:
            missed = any(one.obj is model and one.id == "vested.E007" for one in walls(None))
        finally:
            model.walled_by = keys
        if not missed:
            return False
    return bool(models)
