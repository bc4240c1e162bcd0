"""History: the rows of an institution's documents linked to each other, through a year and over years, and what is to be said of them."""
