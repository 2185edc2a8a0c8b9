"""After relocation: jobs, incomes, services, belonging."""
