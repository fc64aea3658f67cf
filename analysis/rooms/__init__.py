"""Rooms: people play officials in the model; what they faced, what they did, and how the model would have done."""
