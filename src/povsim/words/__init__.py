"""Everything that people read: texts in two languages, and numbers in the form people read."""
