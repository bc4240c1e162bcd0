"""From a RawDocument to the canonical Plan: what the printed tables and text mean."""
