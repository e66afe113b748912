"""Files to text: DOCX, PDF with text, HTML, plain text; what is none of them is refused with a sentence.

A table's row is one line of the text, its cells apart by tabs. Page numbers that stand alone on a line are left out.
"""

from kepu.notices.drafting.documents.document import Document, DocumentRefused
from kepu.notices.drafting.documents.reading import read_document, read_text

__all__ = ["Document", "DocumentRefused", "read_document", "read_text"]
