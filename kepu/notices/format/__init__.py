"""The notice file: one TOML file for one notice, read, checked and written here. Described in ``docs/notice-format.md``."""
