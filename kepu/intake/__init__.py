"""Intake: the tables that towns, cities and societies keep of their activities, taken in without typing them again.

The nouns: a *table* is what a file holds below its header, a *column* is one of its headers with the field it was
matched to, a *reading* is what one row says in the terms of an activity, with a *fault* for everything in it that could
not be read or cannot be right. What is always true: nothing that stands in a sheet is dropped without a word; reading is
pure and knows neither the database nor the day; what a person decided about a column wins over every guess.
"""
