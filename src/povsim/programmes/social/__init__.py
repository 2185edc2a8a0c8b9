"""Social policy: cash, floors, pensions, medical cover, posts."""
