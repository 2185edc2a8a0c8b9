"""Village industry: public capital and leverage."""
