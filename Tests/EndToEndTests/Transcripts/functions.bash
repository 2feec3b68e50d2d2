# Functions of every transcript and of the README's session: they wait for what happens, not for time to pass.
# What does not happen within a minute ends the step with a message, and what it started with it.

# await_line FILE PATTERN: until FILE, which need not be there yet, has a line with the basic regular expression.
await_line() {
    (
        exec 3< <(exec tail --lines=+1 --follow=name --retry "$1" 2> /dev/null)
        reader=$!
        timeout 200 grep -q -e "$2" <&3
        found=$?
        kill "$reader"
        exit "$found"
    ) || give_up "$1 has no line $2"
}

# await_service LOG: until the service that writes LOG listens; then $port is its port.
await_service() {
    await_line "$1" listening
    port=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' "$1")
}

# await COMMAND...: until COMMAND succeeds, for what no line is written about.
await() {
    local deadline=$((SECONDS + 200))
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || give_up "no success of $*"
    done
}

give_up() {
    echo "waited in vain: $1" >&2
    kill $(jobs -p) 2> /dev/null
    exit 99
}
