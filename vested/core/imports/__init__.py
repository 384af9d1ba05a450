"""Bringing a sector's own files in, in steps, and giving them out again.

Files are uploaded (``upload``), their headings recognised (``layout``), all of it checked (``actions.check``), shown as
what it would change (``tables``: each app registers the tables it keeps), and done in one transaction
(``actions.bring_in``) that can be undone for a day. ``exports`` writes the same tables.
"""
