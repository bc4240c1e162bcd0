"""Exports: what is exported, and one module for each format that writes it and reads it back."""
