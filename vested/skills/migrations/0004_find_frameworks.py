from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vested.core.finding import folded


def fill(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("skills", "Framework")
    rows = list(model._default_manager.all())
    for row in rows:
        row.find = folded(row.name)
    model._default_manager.bulk_update(rows, ["find"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("skills", "0003_level_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="framework",
            name="find",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
