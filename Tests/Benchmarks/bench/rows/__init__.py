"""The lines of the table, one subject a file: each has SETTINGS and `rows(bench)`."""
