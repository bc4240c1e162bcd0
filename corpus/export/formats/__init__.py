"""One module for each format of exports; see ``Exporter`` in ../catalogue.py for what it says."""
