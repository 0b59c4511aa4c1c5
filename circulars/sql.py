"""
SQL of the first migration: what the database itself refuses about circulars, whoever asks, the owner included.

A published circular, its points, copies, addressees and attachment are fixed. A delivery is never deleted or moved, and what is
set in it stays. An acknowledgement belongs to the delivery of its own government and to the text that was delivered.
"""

FIXED = """
CREATE FUNCTION public.circulars_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'a published circular is fixed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON circulars_circular FOR EACH ROW EXECUTE FUNCTION public.circulars_fixed();
"""

# FOR SHARE waits for a publication that is under way, and then sees that it has happened.
PARTS_FIXED = """
CREATE FUNCTION public.circulars_part_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whole record;
BEGIN
    FOR whole IN
        SELECT state FROM public.circulars_circular
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.circular_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.circular_id END)
        FOR SHARE
    LOOP
        IF whole.state = 'published' THEN
            RAISE EXCEPTION '% of a published circular is fixed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
PART_FIXED = """
CREATE TRIGGER fixed BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION public.circulars_part_fixed();
"""
PARTS = ("circulars_point", "circulars_copy", "circulars_circular_chosen", "circulars_attachment")

DELIVERY_FIXED = """
CREATE FUNCTION public.circulars_delivery_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (OLD.id, OLD.circular_id, OLD.tenant_id, OLD.delivered_at)
            IS DISTINCT FROM (NEW.id, NEW.circular_id, NEW.tenant_id, NEW.delivered_at)
        OR OLD.opened_at IS NOT NULL AND (OLD.opened_at, OLD.opened_by_id, OLD.opened_by_name)
            IS DISTINCT FROM (NEW.opened_at, NEW.opened_by_id, NEW.opened_by_name)
        OR OLD.acknowledged_at IS NOT NULL AND OLD.acknowledged_at IS DISTINCT FROM NEW.acknowledged_at
    THEN
        RAISE EXCEPTION 'what a delivery says stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.acknowledged_at IS NULL AND NEW.acknowledged_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.circulars_acknowledgement WHERE delivery_id = NEW.id AND acknowledged_at = NEW.acknowledged_at)
    THEN
        RAISE EXCEPTION 'a delivery is acknowledged by an acknowledgement' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON circulars_delivery
    FOR EACH ROW EXECUTE FUNCTION public.circulars_delivery_fixed();
"""

# The foreign key to the delivery alone would accept a neighbour's: foreign keys see past row level security.
OWN_DELIVERY = """
ALTER TABLE circulars_acknowledgement ADD CONSTRAINT circulars_acknowledgement_own_delivery
    FOREIGN KEY (delivery_id, tenant_id) REFERENCES circulars_delivery (id, tenant_id) DEFERRABLE INITIALLY IMMEDIATE;
"""

CONTENT_IS_SEALED = """
ALTER TABLE circulars_attachment ADD CONSTRAINT circulars_attachment_is_its_hash
    CHECK (sha256 = encode(sha256(content), 'hex'));
"""

# As the audited tables are by their own trigger; the bytes of an attachment are not in the trail.
NEVER_EMPTIED = """
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON circulars_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
"""

ALL = (
    FIXED
    + PARTS_FIXED
    + "".join(PART_FIXED.format(table=table) for table in PARTS)
    + DELIVERY_FIXED
    + OWN_DELIVERY
    + CONTENT_IS_SEALED
    + NEVER_EMPTIED
)
