"""The review page that `veedor serve` gives: documents beside their tables, corrections, teaching, search, comparison and export."""
