from django.db import migrations, models

# Links that were sent before this are forgotten, too.
FORGET = """
UPDATE portal_mail SET secret = true
WHERE starts_with(key, 'accounts/invitation/') OR starts_with(key, 'accounts/password_reset_key/');
UPDATE portal_mail SET text = '', html = '' WHERE secret AND state = 'sent';
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [
        migrations.AddField("mail", "secret", models.BooleanField(default=False, db_default=False)),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "mail",
            models.CheckConstraint(
                condition=models.Q(("secret", True), ("state", "sent"), _negated=True) | models.Q(("html", ""), ("text", "")),
                name="portal_mail_forgotten",
            ),
        ),
        migrations.AddConstraint(
            "mail",
            models.CheckConstraint(
                condition=models.Q(("secret", True), ("state", "sent")) | models.Q(("text", ""), _negated=True),
                name="portal_mail_text",
            ),
        ),
    ]
