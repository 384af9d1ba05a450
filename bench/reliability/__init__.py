"""Our figures on trust beside those of pingouin and statsmodels, and simulations of how often verdicts are right."""
