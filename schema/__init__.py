"""The words every room shares: the canonical plan, findings, errors and the tables derived from them."""
