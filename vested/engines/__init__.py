"""Plain Python that computes. Engines know neither one another nor the house above them."""
