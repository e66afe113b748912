"""A notice as an official document (公文): its layout by GB/T 9704, as DOCX and PDF, and read back from its own DOCX.

``layout`` says what stands in the document and in which order, as values; ``docx`` and ``pdf`` only draw them, with the
measures and faces of ``measures``. ``embedded`` hides the notice file in the DOCX, so that a document whose words
nobody has changed gives back the very same clauses.
"""
