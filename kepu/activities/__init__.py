"""An activity's life: drafted, filed, reviewed, published, held, completed, summarised.

The nouns: an *activity* of one host, entered once and counted once; its *review notes*; its *publication*, the frozen
copy that the public reads, with a row for each *day* it is on and the history of *published versions*. What is always
true: no rule of a season is in code, every gate and route is a clause's; a move happens only from the state and version
that the caller saw; what is filed keeps the rules it was filed under; editing never shows before it is published.
Faces call :mod:`actions`, :mod:`queries` and :mod:`rules`; the workflow is the table in :mod:`workflow`.
"""
