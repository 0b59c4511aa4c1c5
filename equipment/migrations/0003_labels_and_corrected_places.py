import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.operations import Audited


class Migration(migrations.Migration):

    dependencies = [
        ('equipment', '0002_days_of_conditions_and_checks'),
    ]

    operations = [
        migrations.CreateModel(
            name='LabelPrint',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('printed_at', models.DateTimeField()),
                ('printed_by_name', models.CharField(max_length=150)),
            ],
        ),
        migrations.AddField(
            model_name='stocktakeline',
            name='place_corrected',
            field=models.BooleanField(default=False, verbose_name='tempat sudah dibetulkan'),
        ),
        migrations.AlterField(
            model_name='stocktakeline',
            name='came_from_name',
            field=models.CharField(blank=True, max_length=240, verbose_name='tercatat di'),
        ),
        migrations.AddConstraint(
            model_name='stocktakeline',
            constraint=models.CheckConstraint(condition=models.Q(('place_corrected', False), ('outcome', 'moved'), _connector='OR'), name='equipment_stocktakeline_corrected'),
        ),
        migrations.AddField(
            model_name='labelprint',
            name='item',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='label_print', to='equipment.item'),
        ),
        Audited("equipment_labelprint"),
    ]
