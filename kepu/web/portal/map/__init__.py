"""A map without a map: the country's places as tiles of one size, and the positions of activities on a bare scale.

No border is drawn and no tile of a map service is fetched. ``scheme`` lays places out, ``steps`` shades them,
``measuring`` knows distances, ``plotting`` draws positions, ``apps`` leads to the map on the visitor's own device.
"""
