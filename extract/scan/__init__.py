"""Scans: a page that is a picture, read into the same words, rules and fills as a born-digital page."""
