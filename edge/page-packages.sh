#!/bin/sh
# Fetches what the services' pages are built from and tested with, once for every change of package-lock.json.
set -eu
cd "$(dirname "$0")"
installed=node_modules/.installed
if ! cmp -s package-lock.json "$installed"; then
  command -v npm > /dev/null || {
    echo "The services' pages need Node 20 with npm to be built: https://nodejs.org, or your system's packages." >&2
    exit 1
  }
  npm ci --prefer-offline
  cp package-lock.json "$installed"
fi
