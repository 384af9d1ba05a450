"""Vested's pages under load, beside plain Django pages over the same tables."""
