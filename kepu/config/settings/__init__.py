"""``base`` is what every installation shares; ``dev`` and ``test`` change what they must and say why."""
