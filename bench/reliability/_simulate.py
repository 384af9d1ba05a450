"""How often our intervals hold the truth, and how often a change is claimed where there is none."""

import numpy as np

from vested.engines import reliability
from vested.engines.reliability import Verdict

QUESTIONS = 12


def simulate(*, pairs: int, seed: int) -> None:
    """Print false alarms and coverage over ``pairs`` simulated pairs of waves in each row."""
    rng = np.random.default_rng(seed)
    print(f"False alarms among {pairs} pairs of waves without a change, alpha 0.05, each taken alone")
    for n0, n1, population in ((10, 10, None), (34, 36, None), (80, 80, 100), (15, 150, None), (300, 300, 400)):
        for true in (0.1, 0.5, 0.8):
            yes0, yes1 = (_yes(rng, n, true, population, pairs) for n in (n0, n1))
            groups = None if population is None else np.full(pairs, population)
            found = reliability.changes_in_shares(
                yes0, np.full(pairs, n0), yes1, np.full(pairs, n1),
                population_before=groups, population_after=groups, control="none",
            )  # fmt: skip
            alarms = pairs - found.verdict.count(Verdict.WITHIN_CHANCE)
            held = np.mean((found.low <= 1e-9) & (found.high >= -1e-9))
            print(
                f"   shares of {true:.0%}, {n0} and {n1} answers{_of(population)}: {alarms / pairs:.4f}, "
                f"interval holds the truth {held:.4f}"
            )
    for n0, n1, population in ((10, 10, None), (34, 36, None), (80, 80, 100), (15, 150, None)):
        group = rng.integers(1, 6, 100)
        waves = [
            np.stack([rng.choice(group, n, replace=population is None) for _ in range(pairs)], axis=1) for n in (n0, n1)
        ]
        found = reliability.changes_in_means(
            *waves, population_before=population, population_after=population, control="none"
        )
        alarms = sum(verdict in {Verdict.RISEN, Verdict.FALLEN} for verdict in found.verdict)
        held = np.mean((found.low <= 0) & (found.high >= 0))
        print(f"   means, {n0} and {n1} answers{_of(population)}: {alarms / pairs:.4f}, holds {held:.4f}")
    _families(rng, pairs)
    _same_people(rng, pairs)
    _single(rng, pairs)


def _families(rng: np.random.Generator, pairs: int) -> None:
    print(f"Pairs of waves with any false alarm among {QUESTIONS} related questions, and the share of false ones")
    for moved in (0, 4):
        counts = np.zeros((2, pairs, QUESTIONS))
        for i in range(pairs):
            for wave in (0, 1):
                attitude = rng.normal(size=(60, 1)) * 0.7 + rng.normal(size=(60, QUESTIONS)) * np.sqrt(0.51)
                attitude[:, :moved] += 0.8 * wave
                counts[wave, i] = (attitude > 0).sum(axis=0)
        found = reliability.changes_in_shares(counts[0].ravel(), 60, counts[1].ravel(), 60, control="none")
        for control in ("none", "holm", "bh"):
            alarms = np.array([reliability.adjusted(p, control=control) <= 0.05 for p in found.p.reshape(pairs, -1)])
            false = alarms[:, moved:].sum(axis=1)
            share = np.mean(false / np.maximum(alarms.sum(axis=1), 1))
            print(f"   {control:<5} {moved:>2} really changed: any {np.mean(false > 0):.4f}, share {share:.4f}")


def _same_people(rng: np.random.Generator, pairs: int) -> None:
    print(
        "Change claimed of 60 people who think as before, 45 of whom answer, 15 % otherwise than they think; alpha 0.05"
    )
    opinion = rng.random(60) < 0.6
    for population in (None, 60):
        counts = [
            np.array(
                [
                    np.where(rng.random(60) < 0.85, opinion, ~opinion)[rng.permutation(60)[:45]].sum()
                    for _ in range(pairs)
                ]
            )
            for _ in range(2)
        ]
        groups = None if population is None else np.full(pairs, population)
        n = np.full(pairs, 45)
        found = reliability.changes_in_shares(
            counts[0], n, counts[1], n, population_before=groups, population_after=groups, control="none"
        )
        print(f"   shares{_of(population)}: {np.mean(found.p <= 0.05):.4f}")


def _single(rng: np.random.Generator, pairs: int) -> None:
    print(f"Intervals at 0.95 that hold the truth, of {pairs}")
    for n, population in ((10, None), (34, None), (34, 50), (80, 100)):
        for true in (0.1, 0.5):
            low, high = reliability.wilson(_yes(rng, n, true, population, pairs), n, population=population)
            print(
                f"   share of {true:.0%}, {n} answers{_of(population)}: {np.mean((low <= true) & (true <= high)):.4f}"
            )
    group = rng.integers(1, 6, 100)
    for n, population in ((10, None), (34, None), (80, 100)):
        found = [
            reliability.mean(rng.choice(group, n, replace=population is None), population=population)
            for _ in range(pairs)
        ]
        held = np.mean([one.low <= group.mean() <= one.high for one in found])
        print(f"   mean of answers 1 to 5, {n} answers{_of(population)}: {held:.4f}")
    scales = max(1, pairs // 5)
    for n, strength in ((34, 0.6), (100, 0.7), (300, 0.5)):
        truth = 25 * strength**2 / (25 * strength**2 + 5 * (1 - strength**2))
        held = np.zeros(2)
        for _ in range(scales):
            own = rng.normal(size=(n, 5)) * np.sqrt(1 - strength**2)
            found_scale = reliability.scale(rng.normal(size=(n, 1)) * strength + own)
            held += [
                found_scale.alpha_low <= truth <= found_scale.alpha_high,
                found_scale.omega_low <= truth <= found_scale.omega_high,
            ]
        shares = " and ".join(f"{share:.4f}" for share in held / scales)
        print(f"   alpha and omega of 5 questions, {n} people, {scales} scales: {shares}")


def _yes(rng: np.random.Generator, n: int, true: float, population: int | None, pairs: int) -> np.ndarray:
    if population is None:
        return rng.binomial(n, true, pairs)
    return rng.hypergeometric(round(population * true), population - round(population * true), n, pairs)


def _of(population: int | None) -> str:
    return "" if population is None else f" of {population}"
