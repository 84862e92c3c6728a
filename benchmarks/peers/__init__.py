"""The same small job in other tools, and the floor: how each is installed, started, clicked and seen to be painted."""
