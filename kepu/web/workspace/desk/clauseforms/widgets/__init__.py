"""One file for each sort of answer: how it is drawn, and how it is read back without losing what was typed."""
