import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said here, since an older Python stumbles over the next module's syntax
    sys.exit("glute-coach: Python 3.11 or newer is needed; this is " + sys.version.split()[0])
