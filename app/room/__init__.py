"""The server of a room: phones on the room's network, the trainer's desk and the wall on this machine only."""
