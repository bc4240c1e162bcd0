"""Many documents: the walk through the rooms, worker processes with limits, outputs written whole."""
