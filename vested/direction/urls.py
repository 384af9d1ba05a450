"""Addresses of the room for direction."""

from django.urls import path

from vested.direction.views import measures, objectives, vision

app_name = "direction"
urlpatterns = [
    path("vision/", vision.vision, name="vision"),
    path("vision/write/", vision.write, name="vision-write"),
    path("vision/versions/<int:pk>/", vision.version, name="vision-version"),
    path("vision/futures/new/", vision.future_new, name="future-new"),
    path("vision/futures/<int:pk>/end/", vision.future_end, name="future-end"),
    path("vision/needs/new/", vision.need_new, name="need-new"),
    path("vision/needs/<int:pk>/end/", vision.need_end, name="need-end"),
    path("vision/meanings/", vision.meanings, name="meanings"),
    path("vision/retellings/", vision.retellings, name="retellings"),
    path("vision/retellings/new/", vision.retelling_new, name="retelling-new"),
    path("units/<int:pk>/meaning/", vision.meaning, name="meaning"),
    path("units/<int:pk>/meaning/say/", vision.meaning_say, name="meaning-say"),
    path("objectives/", objectives.objectives, name="objectives"),
    path("objectives/tree/", objectives.as_tree, name="tree"),
    path("objectives/new/", objectives.new, name="objective-new"),
    path("objectives/<int:pk>/", objectives.objective, name="objective"),
    path("objectives/<int:pk>/change/", objectives.change, name="objective-change"),
    path("objectives/<int:pk>/close/", objectives.close, name="objective-close"),
    path("objectives/<int:pk>/measures/new/", measures.new, name="measure-new"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/observe/", measures.note, name="measure-observe"),
    path("measures/<int:pk>/figures.csv", measures.measure_figures, name="measure-figures"),
]
