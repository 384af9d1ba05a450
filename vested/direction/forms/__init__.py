"""What people are asked in the room for direction; forms check, and never save."""
