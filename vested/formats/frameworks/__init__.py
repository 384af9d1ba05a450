"""Published frameworks of skills, roles and courses, turned into the raw tables of a sector folder.

    from vested.formats import frameworks
    imported = frameworks.digcomp(Path("digcomp3_en.jsonld"))
    imported.tables["skills"][0]["name"]

Each importer reads files as they are published and gives ``Imported``: tables (our headings -> cell text), the scale it
put levels on, the attribution the licence asks for, and warnings about what it changed or left out. A file that cannot
be read raises ``FrameworkError``, whose text names file, line, cause and mend.

Levels are on our scale of 0 to 8: DigComp's eight levels are 1 to 8; the four levels of the UK framework and of DIRECT
(awareness, working, practitioner, expert) are 2, 4, 6 and 8.
"""

from vested.formats.frameworks._digcomp import digcomp
from vested.formats.frameworks._direct import direct
from vested.formats.frameworks._imported import FrameworkError, Imported
from vested.formats.frameworks._uk_gdd import uk_gdd

__all__ = ["FrameworkError", "Imported", "digcomp", "direct", "uk_gdd"]
