"""A document's text made ready for recognisers: one way of writing, whole paragraphs, numbered sentences.

``normal`` writes it in one way and knows where each character came from; ``paragraphs`` joins lines that a page broke;
``outline`` finds the numbers and the headings; ``sentences`` cuts. Nothing here knows what a notice says.
"""
