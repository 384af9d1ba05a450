"""The tables of a sector folder that the portfolio keeps, each below those its rows refer to."""

from vested.core.imports.tables import register
from vested.portfolio.imports.blocks import BLOCKS, BUILDERS
from vested.portfolio.imports.initiatives import INITIATIVES
from vested.portfolio.imports.supply import MONEY, POOLS
from vested.portfolio.imports.ways import WAYS_KEPT

for table in (BLOCKS, INITIATIVES, POOLS, MONEY, *WAYS_KEPT, BUILDERS):
    register(table)
