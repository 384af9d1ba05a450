from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vested.core.finding import folded


def fill(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("academy", "Provider")
    rows = list(model._default_manager.all())
    for row in rows:
        row.find = folded(row.name)
    model._default_manager.bulk_update(rows, ["find"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("academy", "0003_enrolments"),
    ]

    operations = [
        migrations.AddField(
            model_name="provider",
            name="find",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
