"""What people can do now.

A level is

    0.9 + 0.55 required + 0.25 family + agency + person + familiarity + noise

where ``required`` is what the person's role asks for (0 if nothing), ``family`` the mean over the roles of the job
family, ``agency`` ~ N(0, 0.3) one number per ministry or agency, ``person`` ~ N(0, 0.8) one number per person,
``familiarity`` ~ N(0, 0.4) one number per job family and skill, and ``noise`` ~ N(0, 0.8); cut to 0..8 and rounded to
0.5 where the person says so themselves, else to 0.1. The part of a person is what makes levels correlated: about half
of the variance within one role and skill.

Assessed are 93 % of the skills a role asks for and as many others, drawn at random, as make 43 a person (fewer where
there are fewer skills); those that come out at 0 leave no row, so that about 35 rows a person remain. Sources: self
45 %, manager 25 %, test 20 %, evidence 10 %, with errors drawn evenly from 0.6-1.2, 0.4-0.9, 0.2-0.5 and 0.3-0.7. Dates
lie in the three years before the first period, more of them recent (1095 days times a uniform number to the power 1.5).
"""

import numpy as np
from numpy.typing import NDArray

from vested.formats.sector_folder import Levels
from vested.plans.generator._frame import Frame, Random
from vested.plans.generator._organisation import Organisation

ROWS = 43
SOURCES = ("", "self", "manager", "test", "evidence")
SOURCE_SHARE = np.cumsum([0.45, 0.25, 0.20, 0.10])
ERROR_TENTHS = np.array([[6, 13], [4, 10], [2, 6], [3, 8]])  # from, to (not included), by source
BATCH = 10_000  # people drawn at a time: bounds memory; part of what a seed means

Tenths = NDArray[np.int8]


def levels(random: Random, *, frame: Frame, organisation: Organisation, first_day: int) -> tuple[Levels, Tenths]:
    """Draw the rows, and give them also as a matrix (n, s) of tenths of a level, 0 where there is no row."""
    people, skills = len(organisation.role), len(frame.skills)
    asked = frame.required > 0
    roles_in = np.bincount(frame.family, minlength=len(frame.families))
    mean = np.zeros((len(frame.families), skills))
    np.add.at(mean, frame.family, frame.required)
    mean /= roles_in[:, None]
    familiar = random.normal(0, 0.4, mean.shape)
    centre = (0.9 + 0.55 * frame.required + (0.25 * mean + familiar)[frame.family]).astype(np.float32)
    others = np.maximum(skills - asked.sum(axis=1), 1)
    chance = np.where(asked, 0.93, np.clip((ROWS - 0.93 * asked.sum(axis=1)) / others, 0, 1)[:, None])
    chance = chance.astype(np.float32)
    agency = random.normal(0, 0.3, len(organisation.units))
    own = (agency[organisation.body] + random.normal(0, 0.8, people)).astype(np.float32)
    matrix = np.zeros((people, skills), dtype=np.int8)
    parts = []
    for start in range(0, people, BATCH):
        role = organisation.role[start : start + BATCH]
        noise = random.standard_normal((len(role), skills), dtype=np.float32)
        here = centre[role] + own[start : start + BATCH, None] + np.float32(0.8) * noise
        person, skill = np.nonzero(random.random(here.shape, dtype=np.float32) < chance[role])
        source = np.searchsorted(SOURCE_SHARE, random.random(len(person)), side="right").clip(max=3)
        step = np.where(source == 0, 5, 1)
        tenths = np.rint(np.clip(here[person, skill], 0, 8) * 10 / step).astype(np.int64) * step
        error = random.integers(ERROR_TENTHS[source, 0], ERROR_TENTHS[source, 1])
        day = first_day - 1 - (1095 * random.random(len(person)) ** 1.5).astype(np.int64)
        some = tenths > 0  # no row means level 0
        matrix[start + person[some], skill[some]] = tenths[some]
        parts.append([column[some] for column in (start + person, skill, tenths, error, source + 1, day)])
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    rows = Levels(
        person=columns[0].astype(np.int32),
        skill=columns[1].astype(np.int32),
        level=columns[2] / 10,
        error=columns[3] / 10,
        source=columns[4].astype(np.int32),
        assessed_on=columns[5].astype(np.int32),
        sources=SOURCES,
    )
    return rows, matrix
