"""Charts as accessible SVG, drawn on the server: pure functions from values to markup. ``css/pages/charts.css`` dresses them.

A chart has a title and a description, says nothing by colour alone, and stands beside a table with the same numbers. Its
widths are shares of the room there is, so its words stay as large as the page's; nothing in it is styled inline.
"""

from kepu.web.shared.charts.bars import Bar as Bar
from kepu.web.shared.charts.bars import bars as bars
from kepu.web.shared.charts.columns import Column as Column
from kepu.web.shared.charts.columns import columns as columns
