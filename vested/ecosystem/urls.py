"""The room's addresses."""

from django.urls import path

from vested.ecosystem.views import agreements, partners, parts, sharing

app_name = "ecosystem"
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.new, name="agreement-new"),
    path("agreements.ics", agreements.calendar_file, name="agreements-file"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/renew/", agreements.renew, name="agreement-renew"),
    path("agreements/<int:pk>/end/", agreements.end, name="agreement-end"),
    path("agreements/<int:pk>/share/", sharing.share_by, name="agreement-share"),
    path("agreements/<int:pk>/change/", agreements.change, name="agreement-change"),
    path("agreements/<int:pk>/parties/new/", parts.party_new, name="party-new"),
    path("agreements/<int:pk>/contacts/new/", parts.contact_new, name="contact-new"),
    path("agreements/<int:pk>/documents/new/", parts.document_new, name="document-new"),
    path("parties/<int:pk>/end/", parts.party_end, name="party-end"),
    path("contacts/<int:pk>/end/", parts.contact_end, name="contact-end"),
    path("documents/<int:pk>/", parts.document, name="document"),
    path("documents/<int:pk>/end/", parts.document_end, name="document-end"),
    path("shared/<int:pk>/", sharing.shared, name="shared"),
    path("shared/<int:pk>/end/", sharing.end, name="shared-end"),
    path("counterparties/<int:pk>/people/new/", partners.new, name="partner-new"),
    path("partners/<int:pk>/code/", partners.code, name="partner-code"),
    path("partners/<int:pk>/end/", partners.end, name="partner-end"),
    path("welcome/", partners.welcome, name="welcome"),
]
