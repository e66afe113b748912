"""What every module stands on and no module owns: no word of a science day is spoken here.

An act is one function under :func:`kepu.core.db.transaction`. What it changes, its audit rows, its tally deltas
and its outbox rows become true together or not at all. Time and the person acting come in as arguments.
"""
