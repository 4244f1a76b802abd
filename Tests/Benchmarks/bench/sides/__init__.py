"""The servers and loops that are measured, one a file."""
