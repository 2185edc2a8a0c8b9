"""What government does: one programme a file, scenarios, purses and the treasury."""
