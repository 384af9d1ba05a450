"""Pages of the portfolio: each one read or one action."""
