#!/bin/sh
# Chromium before other work of this machine, where that is allowed: playwright starts it in a session of its own, and
# Linux shares the processors out by session, so that its parent's priority does not count.
{ echo -10 >/proc/self/autogroup; } 2>/dev/null
exec /usr/bin/chromium "$@"
