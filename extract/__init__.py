"""From a file to a RawDocument: what is printed, before any interpretation."""
