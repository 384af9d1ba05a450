"""One solver in a process of its own: ``python -m bench.adaptive.solve SOLVER TASK IN OUT KEY=VALUE…``.

Does the same work twice, cold (imported, nothing compiled or called) and warm, and writes figures and times down.
"""

import importlib
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.adaptive._data import AREAS, SHAPES, SHARE, load, save

Result = dict[str, Any]


def main() -> None:
    """Read the arrays, work, write."""
    solver, task, source, target = sys.argv[1:5]
    settings = {name: float(value) for name, value in (part.split("=") for part in sys.argv[5:])}
    work = WORK[task, solver](load(Path(source)), settings)
    times = []
    result: Result = {}
    for _ in range(int(settings.get("turns", 2))):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        times.append((time.process_time() - cpu, time.perf_counter() - wall))
    (cold, cold_wall), (warm, wall) = times[0], times[-1]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    save(Path(target), cold=cold, cold_wall=cold_wall, cpu=warm, wall=wall, memory=memory, **result)


def _imported(name: str) -> Any:  # noqa: ANN401 - a library with types of its own or none
    """Import a solver in the process that uses it, and in no other."""
    return importlib.import_module(name)


def _vested(given: Result, settings: dict[str, float]) -> Callable[[], Result]:
    adaptive = _imported("vested.engines.adaptive")

    model = str(given["model"])
    if "item" in given:
        people, each = given["item"].shape
        responses: Any = adaptive.Answers(
            person=np.repeat(np.arange(people, dtype=np.int32), each), item=given["item"].ravel(),
            value=given["value"].ravel(), people=people, items=int(given["items"]),
        )  # fmt: skip
    else:
        responses = given["responses"]

    def work() -> Result:
        found = adaptive.calibrate(
            responses,
            model=model,
            tolerance=settings.get("tol", 1e-4),
            errors=bool(settings.get("errors", 0.0)),
            priors=adaptive.Priors(guess=SHAPES),
        )  # fmt: skip
        bank = found.bank
        return {"table": np.column_stack((bank.slope, bank.intercept, bank.guess)), "rounds": found.rounds}

    return work


def _mirt(given: Result, settings: dict[str, float]) -> Callable[[], Result]:
    mirt = _imported("mirt")

    model = str(given["model"])
    options: Result = {"tol": settings["tol"], "n_quadpts": int(settings["points"]), "max_iter": 5000}
    options["accelerate"] = "squarem" if settings["accelerate"] else "none"
    if model == "3pl":
        options["priors"] = {"guessing": _imported("mirt.estimation").BetaPrior(*SHAPES)}
    responses = given["responses"].astype(np.int64)

    def work() -> Result:
        name = {"2pl": "2PL", "3pl": "3PL", "graded": "GRM"}[model]
        found = mirt.fit_mirt(responses, name, compute_standard_errors=False, **options)
        figures = found.model.parameters
        slope = figures["discrimination"]
        places = figures["thresholds"] if model == "graded" else figures["difficulty"][:, None]
        guess = figures.get("guessing", np.zeros(len(slope)))
        return {"table": np.column_stack((slope, -slope[:, None] * places, guess)), "rounds": found.n_iterations}

    return work


def _theta(given: Result, settings: dict[str, float]) -> Callable[[], Result]:
    theta = _imported("theta")

    responses = given["responses"].astype(np.float64)

    def work() -> Result:
        found = theta.fit(responses, "2PL", n_points=int(settings["points"]), tol=settings["tol"], max_iter=5000)
        slope, place = np.asarray(found.a), np.asarray(found.b)
        return {"table": np.column_stack((slope, -slope * place, np.zeros(len(slope)))), "rounds": -1}

    return work


def _girth(given: Result, settings: dict[str, float]) -> Callable[[], Result]:
    girth = _imported("girth")

    responses = given["responses"].T.astype(np.int64)
    options = {
        "quadrature_n": int(settings["points"]), "quadrature_bounds": (-6, 6), "max_iteration": int(settings["tol"]),
    }  # fmt: skip

    def work() -> Result:
        found = girth.twopl_mml(responses, options)
        slope, place = found["Discrimination"], found["Difficulty"]
        return {"table": np.column_stack((slope, -slope * place, np.zeros(len(slope)))), "rounds": -1}

    return work


def _our_sittings(given: Result, settings: dict[str, float]) -> Callable[[], Result]:
    adaptive = _imported("vested.engines.adaptive")

    table, abilities = given["table"], given["abilities"]
    bank = adaptive.Bank(slope=table[:, 0], intercept=table[:, 1:-1], guess=table[:, -1])
    rules = adaptive.Rules(precision=0.3, least=1, most=40)
    if settings["constraints"]:
        ready = adaptive.limit_exposure(adaptive.pool(bank, area=given["area"], share=SHARE, rules=rules))
    else:
        ready = adaptive.pool(bank, rules=rules)

    def work() -> Result:
        found = adaptive.simulate(ready, abilities=abilities, seed=int(settings["seed"]))
        return {
            "length": found.length, "estimate": found.estimate, "error": found.error, "exposure": found.exposure,
            "showing": ready.showing, "share": found.area_share,
        }  # fmt: skip

    return work


def _next_item(given: Result, settings: dict[str, float]) -> Callable[[], Result]:
    adaptive = _imported("vested.engines.adaptive")

    table = given["table"]
    bank = adaptive.Bank(slope=table[:, 0], intercept=table[:, 1:-1], guess=table[:, -1])
    ready = adaptive.limit_exposure(adaptive.pool(bank, area=given["area"], share=SHARE))
    draw = np.random.default_rng(int(settings["seed"]))

    def work() -> Result:
        asked = 0
        for sitting in range(100):
            items, values = np.zeros(0, np.int64), np.zeros(0, np.int64)
            while True:
                choice = adaptive.next_item(ready, items=items, values=values, seed=sitting)
                asked += 1
                if choice.stop:
                    break
                items, values = np.append(items, choice.item), np.append(values, draw.integers(0, 2))
        return {"asked": asked}

    return work


def _mirt_sittings(given: Result, settings: dict[str, float]) -> Callable[[], Result]:
    mirt, cat = _imported("mirt"), _imported("mirt.cat")

    table = given["table"]
    model = mirt.TwoParameterLogistic(n_items=len(table))
    model.set_parameters(discrimination=table[:, 0], difficulty=-table[:, 1] / table[:, 0])
    model._is_fitted = True
    options: Result = {}
    if settings["constraints"]:
        options["exposure_control"] = cat.SympsonHetter(given["showing"], seed=1)
        names = [f"area {row}" for row in range(AREAS)]
        options["content_constraint"] = cat.WeightedContent(
            dict.fromkeys(range(len(table)), 1.0), dict(zip(names, SHARE.tolist(), strict=True)),
            {item: names[row] for item, row in enumerate(given["area"].tolist())},
        )  # fmt: skip
    engine = cat.CATEngine(
        model, se_threshold=0.3, max_items=40, n_quadpts=61, theta_bounds=(-6.0, 6.0), seed=1, **options
    )

    def work() -> Result:
        found = engine.run_batch_simulation(given["abilities"].tolist())
        return {
            "length": np.array([one.n_items_administered for one in found]),
            "estimate": np.array([one.theta for one in found]),
            "error": np.array([one.standard_error for one in found]),
        }  # fmt: skip

    return work


def _catsim_sittings(given: Result, settings: dict[str, float]) -> Callable[[], Result]:  # noqa: ARG001 - as the others
    catsim = _imported("catsim")
    start, choose = _imported("catsim.initialization"), _imported("catsim.selection")
    estimate, stop = _imported("catsim.estimation"), _imported("catsim.stopping")
    table = given["table"]
    items = catsim.ItemBank(
        np.column_stack((table[:, 0], -table[:, 1] / table[:, 0], table[:, 2], np.ones(len(table))))
    )

    def work() -> Result:
        simulator = _imported("catsim.simulation").Simulator(
            items, given["abilities"], start.FixedPointInitializer(0.0), choose.MaxInfoSelector(),
            estimate.NumericalSearchEstimator(), stop.MinErrorStopper(0.3, max_items=40), seed=1,
        )  # fmt: skip
        simulator.simulate()
        length = np.array([len(shown) for shown in simulator.administered_items])
        return {"length": length, "estimate": np.array([path[-1] for path in simulator.estimations])}

    return work


WORK = {
    ("fit", "vested"): _vested,
    ("fit", "mirt"): _mirt,
    ("fit", "theta"): _theta,
    ("fit", "girth"): _girth,
    ("sit", "vested"): _our_sittings,
    ("sit", "mirt"): _mirt_sittings,
    ("sit", "catsim"): _catsim_sittings,
    ("next", "vested"): _next_item,
}

if __name__ == "__main__":
    main()
