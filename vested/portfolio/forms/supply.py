"""What is asked about the people and the money there are for initiatives."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from vested.core.questions import Asking, amount, line, number
from vested.portfolio.queries.quarters import quarter_words


class NamePool(Asking):
    """A pool of people."""

    code = line(_("Code"), _("Give it a code"), _("The office's own short name for it."), most=100)
    name = line(_("What is it called?"), _("Say what it is called"))
    rate = amount(
        _("What would one more person cost for a quarter?"), _("Say 0 if nobody knows"), _("It prices what is short.")
    )


class _ByQuarter(Asking):
    """A figure for each quarter; empty where nothing is said."""

    def __init__(self, *args: Any, quarters: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarters = quarters
        for quarter in quarters:
            self.fields[f"q{quarter:%Y%m}"] = self.asked(quarter_words(quarter))

    def asked(self, label: str) -> Any:  # noqa: ANN401 - a field of a form
        """The question for one quarter."""
        return amount(label)

    def clean(self) -> dict[str, Any]:
        """Put the quarters together, under ``said``."""
        answers = super().clean()
        answers["said"] = {quarter: answers.pop(f"q{quarter:%Y%m}", None) for quarter in self.quarters}
        return answers


class OfferMoney(_ByQuarter):
    """Money for initiatives, quarter by quarter."""


class OfferPeople(_ByQuarter):
    """People of a pool, quarter by quarter."""

    rate = amount(_("What would one more person cost for a quarter?"), _("Say 0 if nobody knows"))

    def asked(self, label: str) -> Any:  # noqa: ANN401 - a field of a form
        """The question for one quarter."""
        return number(label)


def initial(quarters: Sequence[date], there: Sequence[float | None]) -> Mapping[str, float | None]:
    """What was said of each quarter until now."""
    return {f"q{quarter:%Y%m}": said for quarter, said in zip(quarters, there, strict=True)}
