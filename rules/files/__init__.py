"""Reading rules and exercises that somebody wrote, with every fault named by file and line."""
