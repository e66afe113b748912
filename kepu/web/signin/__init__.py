"""The way in: user name and password, out again, and a forgotten password. Nobody signs up by themselves."""
