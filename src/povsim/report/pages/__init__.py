"""Pages and screens: what is written for a study, a sweep, a search."""
