"""From one focal point to the next: rights, what is open, the old access, and a printed record of it."""
