"""The commands and their arguments."""

import argparse
import math
from collections.abc import Callable
from pathlib import Path

LANGUAGES = ("en", "da", "fr")


def parser() -> argparse.ArgumentParser:
    """Make the parser; each command names the ``module`` of this package whose ``run(options)`` does it."""
    top = argparse.ArgumentParser(prog="./run", description="From a sector's own files to a certified training plan.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, text: str, module: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text[0].lower() + text[1:].partition(".")[0], description=text)
        added.set_defaults(module=module)
        return added

    _plan(command("plan", PLAN, "plan"))
    _check_files(command("check-files", CHECK_FILES, "check_files"))
    _template(command("template", TEMPLATE, "template"))
    _make_sector(command("make-sector", MAKE_SECTOR, "make_sector"))
    _import(command("import", IMPORT, "import_tables"))
    _demo(command("demo", DEMO, "demo"))
    command("worker", WORKER, "worker")
    _serve(command("serve", SERVE, "serve"))
    _migrate(command("migrate", MIGRATE, "migrate"))
    _verify_history(command("verify-history", VERIFY_HISTORY, "verify_history"))
    return top


PLAN = (
    "Compute the training plan of a sector. Writes plan.json, assignments.csv, prices.csv, report.html and, with "
    "--curve, curve.csv into OUT, in place of those of an earlier plan; other files stay. Ctrl-C once ends the search "
    "and writes the best plan so far; twice leaves at once. Exit code 0 where a plan was written, 1 where the files "
    "have problems or OUT cannot be written, 130 where it was interrupted before there was a plan."
)
CHECK_FILES = (
    "Report every problem in a sector folder or workbook. Each is a line file:line:column: what is wrong; how to mend "
    "it. Exit code 1 where there are problems; warnings alone are fine."
)
TEMPLATE = "Write an annotated workbook to fill in. It has a sheet a table, drop-downs and example rows."
MAKE_SECTOR = "Generate a believable sector. The same numbers give the same sector."
IMPORT = (
    "Turn a published framework or catalogue into sector tables. Several can go into one folder: each adds its rows to "
    "those already there. `./run make-sector OUT --from FOLDER` then generates a sector around them."
)
DEMO = (
    "Walk about in a generated sector, in the browser. The first time, it makes the sector; Ctrl-C stops everything, "
    "and what was done stays until the next start. It lets in whoever reaches it, so it listens to this computer only."
)
WORKER = (
    "Do the jobs people start in the browser, one after the other. Ctrl-C or SIGTERM stops it: a job that runs goes "
    "back and is begun anew by the next worker; twice leaves at once. Several workers can run beside one another."
)
SERVE = (
    "Serve an installation's pages. Settings come from the environment; unsafe ones are refused with the reason (exit "
    "code 2). It stops (1) where the database does not answer or waits for migrations, which it never runs itself."
)
MIGRATE = "Bring the database up to date. Stop serve and worker, and back up, before."
VERIFY_HISTORY = (
    "See whether anybody has changed, taken away, put in or reordered lines of a sector's history, by its chain and by "
    "the anchors kept beside the database. Exit code 1 where something is wrong; docs/how-to/verify-history.md says "
    "what then."
)


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("port", metavar="PORT", type=_whole(least=1), nargs="?", default=8000, help="(8000)")
    command.add_argument(
        "--people", metavar="N", type=_whole(least=500), default=12_000, help="people to make (12,000)"
    )
    command.add_argument("--seed", metavar="S", type=_whole(least=0), default=0, help="another seed, another sector")
    command.add_argument("--fresh", action="store_true", help="forget what was done, and make the sector anew")


def _plan(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="FOLDER", type=Path, help="sector folder, or a workbook (.xlsx)")
    command.add_argument("--out", metavar="OUT", type=Path, required=True, help="folder for the plan's files")
    command.add_argument(
        "--seconds",
        type=_number(above=0),
        default=60.0,
        help="time to search for the plan (60). Solving the dearest seats and budgets again takes at most a quarter "
        "of it more, and each other point of the curve at most half of it",
    )
    command.add_argument(
        "--gap",
        type=_number(least=0, below=1),
        default=0.002,
        help="end the search once the plan is proven to be this near the best possible (0.002, that is 0.2 %%)",
    )
    command.add_argument("--seed", type=int, help="for the search, in place of the one in plan.toml")
    command.add_argument("--curve", action="store_true", help="also plan with 60, 80, 120 and 140 %% of every budget")
    command.add_argument("--language", choices=LANGUAGES, default="en", help="of reasons and report (en)")
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")
    command.add_argument("--json", action="store_true", help="print a summary of plan.json instead of sentences")


def _check_files(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="FOLDER", type=Path, help="sector folder, or a workbook (.xlsx)")
    command.add_argument("--quiet", action="store_true", help="problems only: no warnings, progress or counts")
    command.add_argument("--json", action="store_true", help="problems, warnings and counts as JSON")


def _template(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="OUT.xlsx", type=Path, help="workbook to write; it must not exist yet")
    command.add_argument("--language", choices=LANGUAGES, default="en", help="of the notes (en)")
    command.add_argument("--force", action="store_true", help="replace OUT.xlsx")


def _make_sector(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="OUT", type=Path, help="folder, or a workbook (.xlsx); new or empty")
    command.add_argument("--people", type=_whole(least=1), required=True, help="how many people")
    command.add_argument("--seed", type=_whole(least=0), default=0, help="another seed gives another sector (0)")
    command.add_argument("--from", dest="base", metavar="FOLDER", type=Path, help="tables to build around")
    command.add_argument("--portfolio", action="store_true", help="with initiatives to choose among: a roadmap too")
    command.add_argument("--force", action="store_true", help="write into a folder that is not empty")
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")


def _import(command: argparse.ArgumentParser) -> None:
    sources = command.add_subparsers(dest="source", required=True, metavar="SOURCE")
    digcomp = sources.add_parser("digcomp", help="DigComp 3.0: skills", description="Import DigComp 3.0 as skills.")
    _inputs(digcomp, FILE="official JSON-LD file")
    uk_gdd = sources.add_parser(
        "uk-gdd",
        help="UK Government Digital and Data: roles and skills",
        description="Import the UK Government Digital and Data Profession Capability Framework.",
    )
    _inputs(uk_gdd, ROLES="roles.csv", SKILLS="skills.csv")
    direct = sources.add_parser(
        "direct", help="DIRECT: learning resources", description="Import DIRECT's learning resources as courses."
    )
    _inputs(direct, DIR="folder with DIRECT's CSV files")
    for source in (digcomp, uk_gdd, direct):
        source.add_argument("--out", metavar="F", type=Path, required=True, help="folder the tables go to")
        source.add_argument("--quiet", action="store_true", help="say nothing but errors")


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")


def _migrate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--list", action="store_true", help="only say which migrations wait")


def _verify_history(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--anchors", metavar="FILE", type=Path, help="a copy kept elsewhere, in place of the installation's anchors"
    )


def _inputs(command: argparse.ArgumentParser, **meanings: str) -> None:
    for name, meaning in meanings.items():
        command.add_argument(name.lower(), metavar=name, type=Path, help=meaning)
    command.set_defaults(inputs=tuple(name.lower() for name in meanings))


def _number(*, above: float = -math.inf, least: float = -math.inf, below: float = math.inf) -> Callable[[str], float]:
    def number(text: str) -> float:
        value = float(text)
        if not (above < value < below and value >= least):
            raise argparse.ArgumentTypeError(f"{text} is out of range")
        return value

    return number


def _whole(*, least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"{text} is less than {least}")
        return value

    return number
