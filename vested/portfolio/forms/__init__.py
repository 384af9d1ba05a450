"""What is asked on pages of the portfolio: checked here, saved by actions."""
