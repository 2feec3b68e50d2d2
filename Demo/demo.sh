#!/usr/bin/env bash
# Runs the bridge and the stand-ins of Microsoft and Salesforce side by side until Ctrl-C, with a tenant and data that are
# gone afterwards. DEMO (.build/demo) leads to them while they run; LISTEN and SIMULATE are the two addresses.
#
# usage: demo.sh DIRECTORY_OF_THE_EXECUTABLE
set -euo pipefail
binaries=$(cd "$1" && pwd)
PATH=$binaries:$PATH
LISTEN=${LISTEN:-127.0.0.1:8080}
SIMULATE=${SIMULATE:-127.0.0.1:9400}
DEMO=${DEMO:-.build/demo}

umask 077
work=$(mktemp -d)
finish() {
    trap - EXIT INT TERM
    kill $(jobs -p) 2> /dev/null || true
    wait
    [ "$(readlink "$DEMO")" != "$work" ] || rm "$DEMO"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 0' INT TERM

# await_line FILE PATTERN PROCESS: until FILE has such a line, as long as PROCESS, which writes it, is there.
await_line() {
    until grep -q -e "$2" "$1"; do
        kill -0 "$3" 2> /dev/null || { cat "$work"/*.log >&2; exit 1; }
        sleep 0.1
    done
}

# value NAME: a setting that the stand-ins print. flag NAME: what they print behind a flag for the environment contoso.
value() { sed -n "s/^$1=//p" "$work/report"; }
flag() { sed -n "s/.* --$1 \([^ ]*\).*/\1/p" "$work/report" | head -1; }
# org_flag NAME: the same for the org acme.
org_flag() { sed -n "s/^cobrowse-sso salesforce .* --$1 \([^ ]*\).*/\1/p" "$work/report" | head -1; }

# Each has to know where the other is: the bridge begins without the stand-ins, and is told of them by SIGHUP.
printf 'data_dir=%s\nlisten=%s\n' "$work/data" "$LISTEN" > "$work/bridge.conf"
cobrowse-sso tenant create trial12345 --name Contoso --data "$work/data" > "$work/tenant"
cobrowse-sso serve --config "$work/bridge.conf" 2> "$work/bridge.log" &
bridge=$!
await_line "$work/bridge.log" listening "$bridge"
url=http://${LISTEN%:*}:$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' "$work/bridge.log")
cobrowse-sso simulate --listen "$SIMULATE" --bridge-url "$url" > "$work/report" 2> "$work/simulate.log" &
simulator=$!
await_line "$work/report" 'Runs until' "$simulator"
# The registration is what the demonstration enters itself.
grep -E '^[a-z_]+=' "$work/report" | grep -v '^dynamics__client' >> "$work/bridge.conf"
kill -HUP "$bridge"
await_line "$work/bridge.log" configuration_reloaded "$bridge"

sed -n "s/.*printf %s '\(.*\)' > contoso.secret.*/\1/p" "$work/report" > "$work/secret"
sed -n "s/.*printf %s '\(.*\)' > acme.secret.*/\1/p" "$work/report" > "$work/consumer-secret"
curl -s "$(value cobrowse_api)/simulator/orgs/acme/connectedApps/bridge/key" > "$work/app.key"
{
    echo "PATH=$binaries:\$PATH"
    sed 's/^/export /' "$work/bridge.conf"
    echo "BRIDGE=$url"
    echo "SIMULATOR=$(value cobrowse_api)"
    echo "TENANT_ID=$(flag tenant-id)"
    echo "CLIENT_ID=$(flag client-id)"
    echo "ENVIRONMENT_URL=$(flag environment-url)"
    echo "LOGIN_URL=$(org_flag login-url)"
    echo "CONSUMER_KEY=$(org_flag client-id)"
    echo "INTEGRATION_USER=$(org_flag integration-username)"
    echo "ORGANIZATION_ID=$(org_flag organization-id)"
} > "$work/env"
mkdir -p "$(dirname "$DEMO")"
ln -sfn "$work" "$DEMO"

cat << TEXT
The bridge is at $url, with the tenant trial12345.
Microsoft's and Salesforce's stand-ins are at $(value cobrowse_api): people, faults, and what was asked.

In another terminal, in this directory:

  . $DEMO/env

and go on as the README says under "Try it without an account". Ctrl-C ends both, and removes their data.
TEXT
wait -n || true
cat "$work"/*.log >&2
exit 1
