"""SQL of the first migration: a published edition of a guide stays as it was printed, whoever asks."""

FIXED = """
CREATE FUNCTION public.guides_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published edition is fixed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
REVOKE EXECUTE ON FUNCTION public.guides_fixed FROM PUBLIC;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON guides_guideversion FOR EACH ROW EXECUTE FUNCTION public.guides_fixed();
"""
FIXED_BACK = """
DROP TRIGGER fixed ON guides_guideversion;
DROP FUNCTION public.guides_fixed();
"""
