"""The notice desk: notices are written, checked, sent and changed here."""
