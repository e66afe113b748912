"""Personal data: consent, a person's own record, closing an account, the erasure of a season, new keys.

What is personal is declared by the module that keeps it (``core.personal``); how a look at a contact is allowed and traced
stands beside the thing (``activities.actions.contacts``, ``returns.contacts``). This module reads and clears for all of
them. Nobody below it reads it.
"""
