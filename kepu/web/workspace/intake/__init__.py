"""A sheet of activities at the browser: handed in, its columns matched, its lines looked at and mended, the good ones filed."""
