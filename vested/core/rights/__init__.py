"""What people may ask of an office that keeps something about them: what it is, who has looked, that it goes."""
