"""Assembles the modules into one site; decides nothing."""
