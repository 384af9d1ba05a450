"""The room's forms: they ask and check, and never save."""
