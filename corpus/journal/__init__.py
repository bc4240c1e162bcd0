"""The journal: what people say of documents, signed and kept for good, and what it makes of each reading."""
