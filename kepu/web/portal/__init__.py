"""The portal: for the public, without signing in."""
