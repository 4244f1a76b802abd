-- The full-text index follows the log at a small distance: hundreds of entries at once cost a fraction of what they cost
-- one by one. Up to where it knows the log and the customers; what is later is searched without it.
CREATE TABLE search_progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    log_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL
) STRICT;
INSERT INTO search_progress (id, log_id, customer_id) VALUES (
    1, (SELECT coalesce(max(id), 0) FROM case_log), (SELECT coalesce(max(id), 0) FROM customer));
