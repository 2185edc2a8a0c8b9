"""Results of a study or sweep as read from its files, and what can be claimed of them."""
