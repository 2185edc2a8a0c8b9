"""Every yuan that moves: the ledger, the treasury that books it, and how a household is paid."""
