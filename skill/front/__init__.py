"""The front of the house: how a request from the internet becomes a request that the skill may hear.

`patient` and `gunicorn_conf` keep slow clients from holding threads; `admission` reads a body within its
limits and has it verified before Flask sees it; `knocks` counts who is refused; `headers` tells browsers
what a page may do.
"""
