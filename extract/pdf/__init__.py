"""Reads born-digital PDFs: what PDFium finds on a page, and the tables that are rebuilt from it."""
