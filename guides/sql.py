"""SQL of the migrations: a published edition of a guide stays as it was printed, whoever asks, and has steps."""

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

STEPS = """
ALTER TABLE guides_guideversion ADD CONSTRAINT guides_guideversion_steps
    CHECK (jsonb_typeof(steps) = 'array' AND (number IS NULL OR jsonb_array_length(steps) > 0))
"""
STEPS_BACK = "ALTER TABLE guides_guideversion DROP CONSTRAINT guides_guideversion_steps"
