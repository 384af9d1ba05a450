"""Addresses of the room for the portfolio."""

from django.urls import path

from vested.core.views import links
from vested.portfolio.views import delivery, gates, initiatives, overviews, planning, publishing, supply, systems

app_name = "portfolio"
urlpatterns = [
    path("portfolio/", initiatives.initiatives, name="initiatives"),
    path("portfolio/new/", initiatives.new, name="new"),
    path("portfolio/register/", publishing.register, name="register"),
    path("portfolio/register/<int:pk>/", publishing.published, name="published"),
    path("portfolio/register/<int:pk>/back/", publishing.take_back, name="take-back"),
    path("portfolio/differences/", overviews.differences, name="differences"),
    path("portfolio/differences/<int:pk>/close/", overviews.difference_close, name="difference-close"),
    path("portfolio/shares/", overviews.explore_exploit, name="shares"),
    path("portfolio/thresholds/", overviews.thresholds, name="thresholds"),
    path("portfolio/supply/", supply.supply, name="supply"),
    path("portfolio/supply/money/", supply.money_offer, name="money-offer"),
    path("portfolio/supply/pools/new/", supply.pool_new, name="pool-new"),
    path("portfolio/supply/pools/<int:pk>/", supply.pool_offer, name="pool-offer"),
    path("portfolio/calendar/", overviews.by_month, name="calendar"),
    path("portfolio/calendar.ics", overviews.calendar_file, name="calendar-file"),
    path("portfolio/contracts/new/", overviews.contract_new, name="contract-new"),
    path("portfolio/contracts/<int:pk>/decide/", overviews.contract_decide, name="contract-decide"),
    path("portfolio/benefits/<int:pk>/review/", planning.benefit_review, name="benefit-review"),
    path("systems/", systems.systems, name="systems"),
    path("systems/new/", systems.new, name="system-new"),
    path("systems/<int:pk>/", systems.system, name="system"),
    path("systems/<int:pk>/change/", systems.change, name="system-change"),
    path("systems/<int:pk>/end/", systems.end, name="system-end"),
    path("duties/<int:pk>/system/", links.add, {"kind": "fulfils"}, name="duty-system"),
    path("portfolio/<int:pk>/", initiatives.initiative, name="initiative"),
    path("portfolio/<int:pk>/change/", initiatives.change, name="change"),
    path("portfolio/<int:pk>/close/", initiatives.close, name="close"),
    path("portfolio/<int:pk>/gate/", gates.gate, name="gate"),
    path("portfolio/<int:pk>/gate/judge/", gates.judge, name="judge"),
    path("portfolio/<int:pk>/gate/waive/", gates.waive, name="waive"),
    path("portfolio/<int:pk>/gate/pass/", gates.let_pass, name="pass"),
    path("portfolio/<int:pk>/plan/", planning.plan, name="plan"),
    path("portfolio/<int:pk>/plan/mode/", planning.mode_say, name="mode"),
    path("portfolio/<int:pk>/plan/choose/", planning.mode_choose, name="choose"),
    path("portfolio/<int:pk>/plan/wait/", planning.wait, name="wait"),
    path("portfolio/<int:pk>/plan/benefit/", planning.benefit_new, name="benefit-new"),
    path("portfolio/<int:pk>/delivery/", delivery.delivery, name="delivery"),
    path("portfolio/<int:pk>/delivery/increment/", delivery.increment_new, name="increment-new"),
    path("portfolio/<int:pk>/delivery/spend/", delivery.spend, name="spend"),
    path("portfolio/<int:pk>/delivery/handover/", delivery.handover_say, name="handover"),
    path("portfolio/<int:pk>/claim/", delivery.claim_say, name="claim"),
    path("portfolio/<int:pk>/baseline/", delivery.baseline_new, name="baseline-new"),
]
