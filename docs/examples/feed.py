#!/usr/bin/env python3
"""The day's P&L, then the next events of Plumbline's feed, with nothing but the standard library:

    docs/examples/feed.py http://127.0.0.1:8630 [EVENTS]
"""

import http.client
import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

# A heartbeat comes every ten seconds: silence longer than that is a dead connection.
SILENCE_SECONDS = 30
RETRY_SECONDS = 2


def read_token():
    home = Path(os.environ.get("PLUMBLINE_HOME") or Path.home() / ".config" / "plumbline")
    try:
        return json.loads((home / "feed-tokens.json").read_text())["tokens"][0]["token"]
    except OSError as error:
        sys.exit(f"There is no token to ask with ({error}); switch the feed on, or set PLUMBLINE_HOME.")


def get(address, path, token, headers=None):
    """An open answer. http.client knows no proxies, so the token stays on this machine."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=SILENCE_SECONDS)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}", **(headers or {})})
    answer = connection.getresponse()
    if answer.status != 200:
        sys.exit(json.load(answer)["error"]["message"])
    return answer


def events(address, token):
    """Yields (id, name, data) for ever; after a lost connection it goes on where it was."""
    last_id = None
    while True:
        try:
            headers = {"Last-Event-ID": last_id} if last_id else {}
            for event in read_events(get(address, "/v1/events", token, headers)):
                last_id = event[0]
                yield event
        except (OSError, http.client.HTTPException) as error:
            print(f"{error}; trying again", file=sys.stderr)
        time.sleep(RETRY_SECONDS)


def read_events(answer):
    fields = {}
    for line in answer:
        name, _, value = line.decode().rstrip("\r\n").partition(":")
        if name:
            fields[name] = value.removeprefix(" ")
        elif "event" in fields:
            yield fields["id"], fields["event"], json.loads(fields["data"])
            fields = {}


def main():
    if len(sys.argv) < 2 or not sys.argv[1].startswith("http://"):
        sys.exit("Give the address of the feed, such as http://127.0.0.1:8630")
    address = sys.argv[1]
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    token = read_token()

    try:
        snapshot = json.load(get(address, "/v1/snapshot", token))
    except OSError as error:
        sys.exit(f"Nothing answers at {address} ({error}); is the feed on?")
    # Beside the text stands the figure, exact: Decimal(figures["day-pnl"]["figure"]["value"]).
    figures = snapshot["figures"]
    print("Today:", figures["day-pnl"]["text"] if figures else "no figures yet", flush=True)

    for count, (event_id, name, _data) in enumerate(events(address, token), start=1):
        print(event_id, name, flush=True)
        if count == most:
            break


main()
