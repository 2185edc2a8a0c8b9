"""Rules and machinery of government: who is reached, who decides, who checks."""
