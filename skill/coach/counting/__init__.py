"""The count: its seconds laid out, and the rep at which somebody stopped."""
