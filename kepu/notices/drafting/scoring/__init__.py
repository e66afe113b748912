"""How good a draft is: what it found of what a notice says, what it missed, what it made up.

``score`` compares a drafted notice with the true one, group by group. Codes, titles, ids and the order of things are a
person's free choice and count for nothing; days, deadlines, numbers, objects and cases have to be right.
"""

from kepu.notices.drafting.scoring.counts import FieldScore, GroupScore, Score
from kepu.notices.drafting.scoring.score import score

__all__ = ["FieldScore", "GroupScore", "Score", "score"]
