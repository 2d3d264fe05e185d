"""What people declare: read, held, matched with stores."""
