"""A notice as an official document (公文): its layout by GB/T 9704, as DOCX and PDF, and read back from its own DOCX."""
