"""Oversight: what stands where, for whoever looks after an area. It reads everyone and nobody reads it; all it writes is that somebody took a trace away.

The nouns: *figures* of an area as of an instant; *progress* of duties; the *quota board*; the season's *report*. What is
always true: every figure says as of when it holds, an activity is counted once, what cannot be counted is said to be so
and is never shown as zero, and a page costs the same number of queries however large the area is.
"""
