from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("skills", "0005_role_ended"),)
    operations = (
        migrations.AddField(model_name="demand", name="due_on", field=models.DateField(blank=True, null=True)),
    )
