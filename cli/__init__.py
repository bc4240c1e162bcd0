"""The command line: thin click commands over the other rooms; heavy imports wait until a command runs."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``veedor`` script."""
    from .main import start

    start()
