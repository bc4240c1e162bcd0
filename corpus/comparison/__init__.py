"""Comparison: institutions and years side by side on the same measures, and what makes them not comparable."""
