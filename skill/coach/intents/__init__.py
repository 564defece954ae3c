"""What the trainee's words do: one module for each kind of thing said."""
