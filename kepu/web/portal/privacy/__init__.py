"""What the public reads about personal data: drawn from the inventory, so that it says what is so."""
