"""The people of a unit: who holds which post, inviting, appointing, handing over, deputies."""
