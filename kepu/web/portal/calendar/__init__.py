"""What is on, by day and by hour: a month with how many there are on each day, and a day from morning to night.

``counting`` reads how many, ``hours`` the first few of each hour; ``months`` lays a month out.
"""
