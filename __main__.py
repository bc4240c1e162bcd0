"""Runs the command line: ``python -m veedor`` is ``veedor``."""

from .cli import main

if __name__ == "__main__":
    main()
