"""Holds a published export against the source files: the same file, the same text at each place, the same rows."""
