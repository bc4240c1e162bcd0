"""The store: tables and views of a SQL database, how it is opened and migrated, what is written to it and read from it."""
