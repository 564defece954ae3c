"""What comes into the core and what goes out of it, without Alexa and without words."""
