from django.db import migrations

# A head who was invited before the dinas was recorded is bound to it once; from then on nobody moves the role elsewhere.
BOUND = """
CREATE FUNCTION public.accounts_dinas_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the dinas of a membership is set once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_membership_dinas_once';
END $$;
CREATE TRIGGER dinas_once BEFORE UPDATE OF dinas_id ON accounts_membership FOR EACH ROW
    WHEN (OLD.dinas_id IS NOT NULL AND NEW.dinas_id IS DISTINCT FROM OLD.dinas_id)
    EXECUTE FUNCTION public.accounts_dinas_once();
"""
FREE = """
DROP TRIGGER dinas_once ON accounts_membership;
DROP FUNCTION public.accounts_dinas_once();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(BOUND, FREE)]
