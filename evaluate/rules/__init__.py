"""The rules, one file each; a module here that defines ``RULE`` is part of the catalogue."""
