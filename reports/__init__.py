"""What is told, and to whom: one module per format."""
