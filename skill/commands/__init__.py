"""The glute-coach command, one file a subcommand: each adds its arguments and runs."""
