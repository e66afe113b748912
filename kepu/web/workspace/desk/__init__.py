"""The notice desk (通知台): write a notice, see what it changes for whom, send it down, change it."""
