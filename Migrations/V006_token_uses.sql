-- When a token was last let in, to within a minute or so: written in the background, never on the way of a request.
ALTER TABLE token ADD COLUMN last_used_at INTEGER;
-- Who made and who revoked it over HTTP; NULL where it was done on the machine itself.
ALTER TABLE token ADD COLUMN created_by TEXT;
ALTER TABLE token ADD COLUMN revoked_by TEXT;
