"""Django's commands that are not quite Django's here."""
