"""How big a document may be. The guide to the notice desk lists these figures; a test holds it to them."""

from __future__ import annotations

MAX_BYTES = 10 * 1024**2
MAX_PAGES = 100
MAX_CHARACTERS = 200_000

MAX_ENTRIES = 2_000  # files inside a DOCX
MAX_UNPACKED = 60 * 1024**2
MAX_RATIO = 200  # unpacked to packed, of one file inside; small files may be packed as tightly as they like
RATIO_FROM = 1024**2
MAX_XML = 16 * 1024**2  # the one file inside that holds the text
MAX_DEPTH = 60  # elements that hold text inside one another
MAX_LINES = 40_000
MAX_ELEMENTS = 400_000  # of a page or a DOCX

PDF_SECONDS = 12  # a PDF is read in a process of its own, which is ended after this
PDF_MEMORY = 1536 * 1024**2
