"""The faces for people: HTTP in, HTML out. A view fetches in scope, makes one call, answers.

``portal`` is for the public, ``workspace`` for those who act for a unit, ``signin`` for their way in, ``shared`` for
what all of them need, ``gallery`` shows every component. ``middleware`` gives each request its instant (``request.at``)
and its actor (``request.actor``); ``readonly`` keeps a page that reads from writing.
"""
