from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exemption_codes", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="exemptioncode",
            name="code",
            field=models.CharField(blank=True, max_length=30, verbose_name="today’s code"),
        ),
    ]
