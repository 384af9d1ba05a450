"""The tables a roadmap is computed from, beside ``initiatives``."""

from vested.formats.sector_folder._nouns import Way
from vested.formats.sector_folder._tables._columns import Column, Table, Type, number, own_id, ref, text


def _mode(about: str) -> Column:
    return Column("mode", Type.CHOICE, about, required=True, choices=Way)


def _initiative() -> Column:
    return ref("initiative_id", "initiatives", "The initiative.")


OBJECTIVES = Table(
    "objectives",
    "What the initiatives are for.",
    (
        own_id("objective_id", "Your own short name for the objective."),
        text("title", "What is to be reached.", required=True),
    ),
    key=("objective_id",),
    examples=(("SHIPS", "No ship waits for a paper"), ("SAFE", "Nobody is caught by the tide"), ("OPEN", "Open data")),
)

MODES = Table(
    "initiative_modes",
    "Ways an initiative can be carried out, of which at most one is chosen. Those without a row are not planned here.",
    (
        _initiative(),
        _mode("To reuse a building block, to pilot and then scale, or to roll out."),
        number("quarters", Type.QUARTER, "How many quarters it takes."),
        number("benefit", Type.AMOUNT, "What it is expected to bring once it is live."),
    ),
    key=("initiative_id", "mode"),
    examples=(
        ("BOOK", "roll_out", "2", "900000"),
        ("TIDE", "pilot", "2", "400000"),
        ("PAPER", "reuse", "1", "250000"),
    ),
)

COSTS = Table(
    "initiative_costs",
    "What a mode costs in each quarter of its time; nothing in a quarter without a row.",
    (
        _initiative(),
        _mode("The mode."),
        number("quarter", Type.QUARTER, "The quarter, counted from the start; 1 is the first."),
        number("cost", Type.AMOUNT, "What it costs in that quarter."),
    ),
    key=("initiative_id", "mode", "quarter"),
    examples=(
        ("BOOK", "roll_out", "1", "120000"),
        ("BOOK", "roll_out", "2", "80000"),
        ("TIDE", "pilot", "1", "60000"),
    ),
)

PEOPLE = Table(
    "initiative_people",
    "Whom a mode takes from a pool in each quarter of its time; nobody in a quarter without a row.",
    (
        _initiative(),
        _mode("The mode."),
        number("quarter", Type.QUARTER, "The quarter, counted from the start; 1 is the first."),
        ref("pool_id", "pools", "The pool they come from."),
        number("people", Type.NUMBER, "How many full-time people it takes."),
    ),
    key=("initiative_id", "mode", "quarter", "pool_id"),
    examples=(
        ("BOOK", "roll_out", "1", "DEV", "3"),
        ("TIDE", "pilot", "1", "DEV", "1.5"),
        ("PAPER", "reuse", "1", "DEV", "1"),
    ),
)

LINKS = Table(
    "initiative_links",
    "What has to be there before an initiative starts.",
    (
        _initiative(),
        Column(
            "needs",
            Type.REF,
            "The initiative that must be finished, or the block that must be there.",
            required=True,
            refers="initiatives",
            also="blocks",
        ),
        Column("mode", Type.CHOICE, "The mode that needs the block; empty means each.", choices=Way),
    ),
    key=("initiative_id", "needs", "mode"),
    examples=(("PAPER", "BOOK", ""), ("PAPER", "LOGIN", "reuse"), ("TIDE", "CHART", "")),
)

BLOCKS = Table(
    "blocks",
    "Building blocks that initiatives reuse.",
    (
        own_id("block_id", "Your own short name for the block; no initiative has it too."),
        text("name", "What the block is called."),
        Column("exists", Type.FLAG, "Whether it is there already; empty means no.", default=False),
        Column(
            "built_by",
            Type.REFS,
            "Initiatives that build it; the first that is finished is enough.",
            default=(),
            refers="initiatives",
        ),
    ),
    key=("block_id",),
    examples=(
        ("LOGIN", "One login for all services", "yes", ""),
        ("CHART", "Sea charts as a service", "yes", ""),
        ("FORMS", "Forms for all services", "no", "BOOK|PAPER"),
    ),
)

POOLS = Table(
    "pools",
    "People whom initiatives share, quarter by quarter; nobody in a quarter without a row.",
    (
        own_id("pool_id", "Your own short name for the pool."),
        text("name", "What the pool is called."),
        number("quarter", Type.QUARTER, "The quarter; 1 is the first."),
        number("capacity", Type.NUMBER, "How many full-time people there are for initiatives."),
        number(
            "rate", Type.AMOUNT, "What one more person for one quarter would cost; it prices reasons, no plan.", 0.0
        ),
    ),
    key=("pool_id", "quarter"),
    examples=(
        ("DEV", "Developers", "1", "4", "25000"),
        ("DEV", "Developers", "2", "4", "25000"),
        ("DEV", "Developers", "3", "5", "25000"),
    ),
)

MONEY = Table(
    "portfolio_budgets",
    "Money for initiatives, apart from that for training; none in a quarter without a row, no limit without any row.",
    (
        number("quarter", Type.QUARTER, "The quarter; 1 is the first."),
        number("amount", Type.AMOUNT, "What initiatives may cost in it, in the currency of the plan."),
    ),
    key=("quarter",),
    examples=(("1", "200000"), ("2", "150000"), ("3", "150000")),
)
