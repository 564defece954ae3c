"""The words of the rulebook: facts that a rule may test, what it may advise, what a decision is."""
