import datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('equipment', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='condition_on',
            field=models.DateField(blank=True, null=True, verbose_name='kondisi dilihat pada'),
        ),
        migrations.AddField(
            model_name='item',
            name='condition_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='alasan kondisi'),
        ),
        migrations.AddField(
            model_name='check',
            name='checked_on',
            field=models.DateField(default=datetime.date(2026, 11, 22), verbose_name='diperiksa pada'),
            preserve_default=False,
        ),
        migrations.AlterModelOptions(
            name='check', options={'ordering': ['-checked_on', '-checked_at', 'id'], 'verbose_name': 'pemeriksaan'}
        ),
        migrations.RemoveIndex(model_name='check', name='equipment_check_newest'),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['item', 'kind', '-checked_on', '-checked_at'], name='equipment_check_newest'),
        ),
    ]
