"""The self-contained report and the review page."""
