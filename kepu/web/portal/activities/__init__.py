"""Activities for the public: found by day, place, way and field, and each on a page of its own.

Everything here reads published copies. ``asking`` is what an address asks for, ``finding`` fetches it, ``showing`` puts
it into words; ``markup`` and ``icalendar`` say the same to machines.
"""
