"""Rehearsal (演练): a made-up cast plays a season through the same acts as the web, day by day.

The nouns: the *roster* says who there is, the *cast* are its units and people once the acts have made them; a *script*
says for each activity what its host means to do and when; *faults* are broken clauses, taken from the gates in force
and mended when the refusal comes. What is always true: nothing is written but through actions; which clause is broken
and who owes what is read from the notices, never from a list here; the same seed on the same notices gives the same
season; :func:`kepu.rehearsal.season.play_until` may be called again at any time and goes on where the last call ended.
"""
