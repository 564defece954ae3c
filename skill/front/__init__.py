"""The front of the house: how a request from outside becomes a request that the skill may hear.

`buffering_worker` keeps slow clients from holding threads, under gunicorn (`gunicorn_conf`) and in the process of
`glute-coach serve` (`in_process`); `doors` tells by which socket a request came; `admission` reads a body within its
limits and has it verified before Flask sees it; `rate_limit` counts who is refused; `headers` tells browsers what a
page may do.
"""
