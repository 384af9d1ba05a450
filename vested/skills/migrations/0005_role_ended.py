from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("skills", "0004_find_frameworks"),)
    operations = (
        migrations.AddField(model_name="role", name="ended_on", field=models.DateField(blank=True, null=True)),
    )
