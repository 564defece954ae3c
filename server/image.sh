#!/bin/sh
# The steps of the container's image, for the Containerfile and for a bare Debian machine alike. As root:
#   server/image.sh wheel SOURCE OUT     build the coach's wheel (needs a compiler, which it installs)
#   server/image.sh install WHEEL [EXTRAS]    install it to /opt/coach, run by the user `coach`, with its state in /data
set -eu

apt_install() {
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
	rm -rf /var/lib/apt/lists/*
}

case "${1:-}" in
wheel)
	apt_install python3 python3-venv python3-dev build-essential ca-certificates
	python3 -m venv /tmp/builder
	/tmp/builder/bin/pip install --quiet wheel
	cd "$2"
	/tmp/builder/bin/python -m tools.build_wheels --out "$3"
	;;
install)
	extras=${3:-}
	apt_install python3 python3-venv ca-certificates
	python3 -m venv /opt/coach
	/opt/coach/bin/pip install --quiet --no-compile --no-cache-dir "$2${extras:+[$extras]}"
	ln -sf /opt/coach/bin/glute-coach /usr/local/bin/glute-coach
	id coach >/dev/null 2>&1 || useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin coach
	install -d -o coach -g coach -m 700 /data
	;;
*)
	sed -n '2,5s/^# //p' "$0"
	exit 2
	;;
esac
