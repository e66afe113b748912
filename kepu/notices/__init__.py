"""Notices: the program of a season. Every rule the software applies comes from a clause and can name it.

The nouns: a *season* of a campaign; *notices* issued in it by place or by line; their *clauses*, each of a *kind* with
typed parameters, an *audience*, a *strictness*, a *status* and a *mode* of inheritance. What is always true: the rules
in force for a unit are one pure function of the clauses of its chain and an instant; silence deletes nothing; what is
pending or unknown is said to be so. Everything above asks :func:`kepu.notices.rulebook.rules_in_force`.
"""
