"""General table engines: each is given the table once, and then answers cuts."""

from collections.abc import Callable, Mapping
from importlib import import_module, metadata

import numpy as np
from numpy.typing import NDArray

from bench.gaps._people import Cut

Table = Mapping[str, NDArray[np.generic]]
Answer = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]  # group, skill, figures
Ask = Callable[[Cut], Answer]


def duckdb(table: Table) -> Ask:
    """DuckDB, the table in memory as its own."""
    link = import_module("duckdb").connect()
    link.register("given", dict(table))
    link.execute("CREATE TABLE gaps AS SELECT * FROM given")

    def ask(cut: Cut) -> Answer:
        where = f"WHERE {cut.of} = {cut.number}" if cut.of else ""
        found = link.execute(
            f'SELECT {cut.by}, skill, count(*) FILTER (short > 0) AS below, sum(short) AS short '  # noqa: S608 - our own
            f'FROM gaps {where} GROUP BY 1, 2'
        ).fetchnumpy()  # fmt: skip
        return _typed(found[cut.by], found["skill"], found["below"], found["short"])

    return ask


def polars(table: Table) -> Ask:
    """Polars, a frame in memory asked lazily."""
    pl = import_module("polars")
    frame = pl.DataFrame(dict(table)).lazy()

    def ask(cut: Cut) -> Answer:
        rows = frame.filter(pl.col(cut.of) == cut.number) if cut.of else frame
        figures = (
            (pl.col("short") > 0).sum().alias("below"),
            pl.col("short").cast(pl.Float64).sum().alias("levels"),
        )
        found = rows.group_by(cut.by, "skill").agg(*figures).collect()
        return _typed(*(found[name].to_numpy() for name in (cut.by, "skill", "below", "levels")))

    return ask


def pandas(table: Table) -> Ask:
    """Pandas, a frame in memory."""
    frame = import_module("pandas").DataFrame(dict(table))
    frame["below"] = frame["short"] > 0
    frame["short"] = frame["short"].astype(np.float64)

    def ask(cut: Cut) -> Answer:
        rows = frame[frame[cut.of] == cut.number] if cut.of else frame
        found = rows.groupby([cut.by, "skill"], sort=False)[["below", "short"]].sum().reset_index()
        return _typed(*(found[name].to_numpy() for name in (cut.by, "skill", "below", "short")))

    return ask


PEERS: dict[str, Callable[[Table], Ask]] = {"duckdb": duckdb, "polars": polars, "pandas": pandas}


def version(name: str) -> str:
    """Which version is installed, empty where none is."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _typed(*columns: object) -> Answer:
    group, skill, below, short = (np.asarray(one) for one in columns)
    return group.astype(np.int64), skill.astype(np.int64), below.astype(np.int64), short.astype(np.float64)
