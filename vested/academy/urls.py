"""Addresses of the academy."""

from django.urls import path

from vested.academy.views import catalogue, enrolments, lists, mine, objections, sessions, wishes
from vested.core.views import links

app_name = "academy"
urlpatterns = [
    path("my-courses/", mine.mine, name="mine"),
    path("my-courses/calendar/", mine.own_calendar, name="mine-calendar"),
    path("team/", lists.team, name="team"),
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<int:pk>/", catalogue.course, name="course"),
    path("courses/<int:pk>/teaches/", links.add, {"kind": "teaches"}, name="course-teaches"),
    path("courses/<int:pk>/ask/", wishes.ask, name="course-ask"),
    path("wishes/<int:pk>/take-back/", wishes.stop_asking, name="wish-take-back"),
    path("courses/<int:pk>/wait/", sessions.wait_for_course, name="course-wait"),
    path("courses/<int:pk>/object/", objections.object_to_course, name="course-object"),
    path("sessions/", catalogue.sessions, name="sessions"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/wait/", sessions.wait, name="session-wait"),
    path("sessions/<int:pk>/calendar/", sessions.session_calendar, name="session-calendar"),
    path("sessions/<int:pk>/attendance/", sessions.attendance, name="attendance"),
    path("enrolments/", lists.enrolments, name="enrolments"),
    path("enrolments/<int:pk>/", enrolments.enrolment, name="enrolment"),
    path("enrolments/<int:pk>/accept/", enrolments.accept, name="enrolment-accept"),
    path("enrolments/<int:pk>/decline/", enrolments.decline, name="enrolment-decline"),
    path("enrolments/<int:pk>/withdraw/", enrolments.withdraw, name="enrolment-withdraw"),
    path("enrolments/<int:pk>/leave/", enrolments.leave, name="enrolment-leave"),
    path("enrolments/<int:pk>/offer/", enrolments.offer, name="enrolment-offer"),
    path("enrolments/<int:pk>/object/", enrolments.object_to, name="enrolment-object"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<int:pk>/", objections.objection, name="objection"),
    path("objections/<int:pk>/answer/", objections.answer, name="objection-answer"),
    path("objections/<int:pk>/withdraw/", objections.withdraw, name="objection-withdraw"),
    path("providers/", catalogue.providers, name="providers"),
    path("skills/<int:pk>/courses/", catalogue.skill_courses, name="skill-courses"),
]
