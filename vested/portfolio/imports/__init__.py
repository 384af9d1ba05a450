"""What is brought into the portfolio from files: a published register of projects, and tables of the sector folder.

The tables are registered when Django starts, after those of the rooms below.
"""

from vested.portfolio.imports.register import Report, by_project, read

__all__ = ["Report", "by_project", "read"]
