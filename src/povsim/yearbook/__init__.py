"""What is watched: the month in a few numbers, the year in every measure."""
