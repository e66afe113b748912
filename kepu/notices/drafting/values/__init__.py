"""Values in a text: numerals, limits, days and stretches of days, bodies that are spoken to. Each knows where it stands."""
