"""From plans to findings and scorecards: whether the figures, classes and codes follow from the document's own rows."""
