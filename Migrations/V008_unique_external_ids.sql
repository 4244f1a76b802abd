-- What a create costs, once more: a column that is UNIQUE has an index with a place for every NULL, so cases and customers
-- without an external_id, which most have none of, took two pages of each commit. The same is unique with an index of
-- those that have one.

-- The tables stay as they are: their indexes get names, which those of a UNIQUE have none of, and then they can be dropped
-- (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'external_id TEXT UNIQUE', 'external_id TEXT')
WHERE type = 'table' AND name IN ('complaint_case', 'customer');
UPDATE sqlite_schema
SET name = tbl_name || '_by_external_id', sql = 'CREATE UNIQUE INDEX ' || tbl_name || '_by_external_id ON ' || tbl_name
    || ' (external_id)'
WHERE name IN ('sqlite_autoindex_complaint_case_1', 'sqlite_autoindex_customer_1');
PRAGMA writable_schema = RESET;

DROP INDEX complaint_case_by_external_id;
DROP INDEX customer_by_external_id;
CREATE UNIQUE INDEX complaint_case_by_external_id ON complaint_case (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX customer_by_external_id ON customer (external_id) WHERE external_id IS NOT NULL;
