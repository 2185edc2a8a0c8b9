"""Finance: micro-credit, loans used by firms, re-lending, subsidies, guarantees."""
