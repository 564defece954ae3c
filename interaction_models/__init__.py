"""What the trainee may say, one interaction model a locale, as Alexa takes it."""
