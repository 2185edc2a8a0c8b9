"""East-West cooperation: cash, firms, labour, talent."""
