"""What comes out of activities that the public may see: today their posters and pictures, and what notices collect."""
