"""Worked cases of each rule, and whether they would notice a change."""
