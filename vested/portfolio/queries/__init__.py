"""Questions about the portfolio."""
