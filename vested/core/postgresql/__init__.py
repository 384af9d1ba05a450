"""Django's PostgreSQL, told with every statement for whom it asks."""
