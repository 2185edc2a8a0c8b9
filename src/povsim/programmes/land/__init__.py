"""Land: quotas, farmland, leasing, shares."""
