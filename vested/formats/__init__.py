"""Plain Python that reads and writes files. Formats know neither one another nor the house above them."""
