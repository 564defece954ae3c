"""The record in the forms that a runner's other tools read: a table, FIT activities, a calendar."""
