"""How help reaches people and places: whom, in which order, by which payment."""
