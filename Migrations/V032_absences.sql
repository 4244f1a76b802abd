-- When those of the desk are away: the first and the last date, by the clocks where they are, and whom to turn to meanwhile. Nothing
-- is anybody else's by that.
ALTER TABLE owner ADD COLUMN absence_from TEXT CHECK (absence_from IS NULL OR version > 0);
ALTER TABLE owner ADD COLUMN absence_until TEXT
    CHECK ((absence_until IS NULL) = (absence_from IS NULL) AND (absence_from IS NULL OR absence_from <= absence_until));
ALTER TABLE owner ADD COLUMN absence_stand_in TEXT CHECK (absence_stand_in IS NULL OR absence_from IS NOT NULL);
