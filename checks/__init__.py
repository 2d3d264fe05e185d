"""What we look at, cloud by cloud, and how we judge it."""
