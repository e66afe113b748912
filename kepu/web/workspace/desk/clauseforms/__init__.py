"""A form made for each kind of clause, and one for the head of a notice, so that nobody has to see how a notice file is written.

    words = words_of(season, place=place).with_clauses(c.data for c in draft.clauses.all())
    form = clause_form(kind, data, words, code="LX-01")          {% include form.template %}, or {{ form }}
    data = read_clause(kind, request.POST)                       a table as a notice file has it, as it was typed
    if pressed(request.POST): …                                  a row was added, removed or moved: draw again with posted=

What a form looks like is made from two things: the types of the fields (``deriving``), and a layout in a clerk's words for each kind
(``kinds``). Widgets draw an answer and read it back; for every clause that can be written, reading what was drawn gives the same clause.
"""

from kepu.web.workspace.desk.clauseforms.forms import clause_form, header_form, read_clause, read_header
from kepu.web.workspace.desk.clauseforms.gathering import words_of
from kepu.web.workspace.desk.clauseforms.posted import Pressed, TooMuch, pressed
from kepu.web.workspace.desk.clauseforms.problems import Problem
from kepu.web.workspace.desk.clauseforms.words import Words

__all__ = [
    "Pressed", "Problem", "TooMuch", "Words", "clause_form", "header_form", "pressed", "read_clause", "read_header", "words_of",
]  # fmt: skip
