"""`python -m skill` is the glute-coach command, where no script is on the path."""

from skill.cli import main

raise SystemExit(main())
