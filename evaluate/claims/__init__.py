"""The claims of the prose: what it states of the rows, found, recounted in its scope, and judged."""
