#!/bin/sh
# The day's P&L, then the next events of Plumbline's feed, with curl:
#   docs/examples/feed.sh http://127.0.0.1:8630 [EVENTS]
set -eu

address=${1:?give the address of the feed, such as http://127.0.0.1:8630}
events=${2:-5}
home=${PLUMBLINE_HOME:-$HOME/.config/plumbline}
[ -r "$home/feed-tokens.json" ] || { echo "There is no token in $home; set PLUMBLINE_HOME." >&2; exit 1; }
token=$(sed -n 's/.*"token": *"\([A-Za-z0-9_-]*\)".*/\1/p' "$home/feed-tokens.json" | head -n 1)

# The header goes by standard input: arguments can be seen in the list of processes. No proxy may get it.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --config - --silent --show-error --fail-with-body --noproxy '*' "$@"
}

# Where jq is at hand: ask "$address/v1/snapshot" | jq -r '.figures["day-pnl"].text'
snapshot=$(ask "$address/v1/snapshot") || { echo "$snapshot" >&2; exit 1; }
today=$(
  printf '%s' "$snapshot" | sed -n 's/.*"day-pnl":{"figure":{[^}]*},"text":"\([^"]*\)".*/\1/p'
)
printf 'Today: %s\n' "${today:-no figures yet}"

# curl learns with the next event that nobody listens any more.
ask --no-buffer "$address/v1/events" 2>/dev/null | awk -v most="$events" '
  /^event:/ { sub(/^event: ?/, ""); name = $0 }
  /^id:/    { sub(/^id: ?/, ""); id = $0 }
  /^$/ && name != "" {
    print id, name
    fflush()
    name = ""
    if (++count == most) exit
  }
'
