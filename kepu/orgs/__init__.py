"""Who: places, lines, units, their designations and memberships, the posts people hold there, and the Actor.

Both trees are materialised paths, so scope is a range of an index. A coordinator is a role that any unit may hold for
a place or a line, not a kind of unit (CD-04). Every act takes ``by=`` an :class:`~kepu.orgs.actor.Actor`.
"""
