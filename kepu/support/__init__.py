"""The support desk (帮助): whom to ask, questions and their answers, trainings.

The nouns: an *office contact* is what a coordinator gives of its office for a place or a line; a *question* goes from a
unit to the unit above and is always somebody's turn; an *answer for all* (问答) is what a coordinator lets everybody below
read; a *training* is announced to the units below, which sign up a number of people. What is always true: nothing here
is a person's (offices, units and counts only), and a training never takes more people than it has seats for.
"""
