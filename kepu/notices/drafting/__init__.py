"""From a document to a draft: read a text, propose clauses, each with the sentence it was found in. Deterministic, offline.

``documents`` turns a file into text; ``recognisers`` has one small file for each thing that notices say; ``drafting``
puts them together; ``scoring`` compares drafts with truths. Nothing here writes: what is proposed is confirmed,
corrected or rejected by a person, one by one, in the notice desk.
"""
