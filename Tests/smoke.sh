#!/usr/bin/env bash
# Tries the release binary in the directory $1: it is linked another way than what the tests run, its Swift runtime and
# C++ library inside, so it might not start, or lack what is reached by name only.
set -euo pipefail
cd "$(dirname "$0")/.."
source Tests/EndToEndTests/Transcripts/functions.bash
PATH=$1:$PATH
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT

cobrowse-sso version
for certificate in Certificates/salesforce/*.crt; do
    cmp <(cobrowse-sso cert pubkey "$certificate") <(openssl x509 -pubkey -noout -in "$certificate")
done

cobrowse-sso serve --listen 127.0.0.1:0 --data "$work/data" 2> "$work/log" &
await_service "$work/log"
[ "$(curl --fail --silent --show-error "http://127.0.0.1:$port/healthz")" = '{"status":"ok"}' ]
[ "$(curl --fail --silent --show-error "http://127.0.0.1:$port/readyz")" = '{"status":"ready"}' ]
kill -TERM $!
wait $!
echo "the release binary starts, agrees with openssl and serves"
