"""What every room stands on: sectors, units, people, who may see and do what, history, jobs, and the look of pages.

Nouns: sector, unit, person, membership, grant (of a role), event. It knows no room above it; where a core page shows
something of theirs, the room registers a panel.
"""
