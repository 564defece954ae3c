"""From a sentence to an intent with slots: what Alexa does before a skill is called."""
