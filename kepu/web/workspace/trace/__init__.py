"""The pages of the trace: what I did, who looked at my data, what was done in a unit, by a person, with a thing, in an area."""
