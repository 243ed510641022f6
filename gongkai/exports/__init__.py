"""What people take away: Excel sheets stamped with where their figures come from."""
