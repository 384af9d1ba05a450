"""A paper of the demo: one page of plain words as PDF, the smallest a reader opens."""

import textwrap

LETTER = "BT /F1 {size} Tf 60 {y} Td ({words}) Tj ET"


def written(title: str, *parts: str) -> bytes:
    """A page with a title and some lines, of letters that Latin-1 has."""
    lines = [(18, title), *((11, line) for part in parts for line in textwrap.wrap(part, 80))]
    drawn = "\n".join(
        LETTER.format(size=size, y=780 - 24 * number, words=_plain(words)) for number, (size, words) in enumerate(lines)
    ).encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    file, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def _plain(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
