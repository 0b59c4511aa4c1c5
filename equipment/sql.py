"""SQL of the first migration: what the database itself refuses about places, stocks and rounds. Names are the schema's own."""

# A thing stands in a room of its own office, a device only in a room of its purpose (point 21), on a desk of that room. A desk
# that is carried into another room takes along what stands on it, as far as the purpose allows.
PLACES = """
ALTER TABLE equipment_item
    ADD COLUMN room_purpose varchar(12) GENERATED ALWAYS AS (nullif(purpose, '')) STORED,
    ADD CONSTRAINT equipment_item_room_of_office FOREIGN KEY (room_id, office_id) REFERENCES offices_room (id, office_id),
    ADD CONSTRAINT equipment_item_room_of_purpose FOREIGN KEY (room_id, room_purpose) REFERENCES offices_room (id, purpose),
    ADD CONSTRAINT equipment_item_desk_of_room FOREIGN KEY (desk_id, room_id)
        REFERENCES offices_desk (id, room_id) ON UPDATE CASCADE
"""
PLACES_BACK = """
ALTER TABLE equipment_item DROP CONSTRAINT equipment_item_room_of_office, DROP CONSTRAINT equipment_item_room_of_purpose,
    DROP CONSTRAINT equipment_item_desk_of_room, DROP COLUMN room_purpose
"""

# The stock is the sum of the movements: a movement changes it under the lock of its row, nothing else does.
STOCK = """
CREATE FUNCTION equipment_movement_counts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE equipment_supply SET on_hand = on_hand + NEW.quantity WHERE id = NEW.supply_id RETURNING on_hand INTO NEW.balance;
    RETURN NEW;
END $$;
CREATE FUNCTION equipment_supply_by_movements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 AND NEW.on_hand <> (CASE TG_OP WHEN 'UPDATE' THEN OLD.on_hand ELSE 0 END) THEN
        RAISE EXCEPTION 'a stock changes by movements only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_supply_by_movements';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER equipment_movement_counts BEFORE INSERT ON equipment_movement
    FOR EACH ROW EXECUTE FUNCTION equipment_movement_counts();
CREATE TRIGGER equipment_supply_by_movements BEFORE INSERT OR UPDATE OF on_hand ON equipment_supply
    FOR EACH ROW EXECUTE FUNCTION equipment_supply_by_movements()
"""
STOCK_BACK = """
DROP TRIGGER equipment_supply_by_movements ON equipment_supply;
DROP TRIGGER equipment_movement_counts ON equipment_movement;
DROP FUNCTION equipment_supply_by_movements();
DROP FUNCTION equipment_movement_counts()
"""

# What a finished round found stays; a line waits for a finishing that is under way.
ROUNDS = """
CREATE FUNCTION equipment_round_fixed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE finished timestamptz;
BEGIN
    IF TG_TABLE_NAME = 'equipment_stocktake' THEN
        finished := OLD.finished_at;
    ELSE
        SELECT finished_at INTO finished FROM equipment_stocktake
            WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.stock_take_id ELSE NEW.stock_take_id END FOR SHARE;
    END IF;
    IF finished IS NOT NULL THEN
        RAISE EXCEPTION 'a finished round is fixed' USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_stocktake_fixed';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON equipment_stocktake FOR EACH ROW EXECUTE FUNCTION equipment_round_fixed();
CREATE TRIGGER fixed BEFORE INSERT OR UPDATE OR DELETE ON equipment_stocktakeline
    FOR EACH ROW EXECUTE FUNCTION equipment_round_fixed()
"""
ROUNDS_BACK = """
DROP TRIGGER fixed ON equipment_stocktakeline;
DROP TRIGGER fixed ON equipment_stocktake;
DROP FUNCTION equipment_round_fixed()
"""
