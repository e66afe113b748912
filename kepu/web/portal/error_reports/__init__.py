"""纠错: anybody says what is wrong with an activity's page, and reads behind their link what became of it."""
