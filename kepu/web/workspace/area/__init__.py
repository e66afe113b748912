"""The board of an area: figures, quotas, duties, days without anything online."""
