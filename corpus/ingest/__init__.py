"""Ingestion: from addresses and manifests to documents in the store, read on this machine or on a cluster."""
