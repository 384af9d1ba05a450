"""The pages of the ecosystem."""
