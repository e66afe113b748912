"""Returns (报送): what units hand up because a notice asks for it.

The nouns: a *duty* is laid on units by a clause and is derived until a unit touches it; a *return* is what one unit
hands in for one duty, its *versions* are the frozen copies, one for each time it was handed in. What is always true:
nothing handed in is lost or overwritten; late is accepted and marked; what records already say is drawn from them, with
the instant as of which it holds, and not asked for again. The faces and oversight call this module.
"""
