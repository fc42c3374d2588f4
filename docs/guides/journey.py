#!/usr/bin/env python3
"""The whole life of a user over plain REST, with the standard library alone.

    python3 journey.py http://localhost:3000 .data/mailbox ada@example.com

The second argument is the folder of the development mailbox. The script reads the mailed links there.
"""
import json
import re
import secrets
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

PASSWORDS = ["a long enough phrase", "another long phrase", "a third long phrase"]


class Server:
    def __init__(self, base_url):
        self.address = urlsplit(base_url)
        self.access = None

    def call(self, method, path, fields=None, *, key=None, expect):
        """Sends one request; ends the journey when the status is not the expected one."""
        connection = HTTPConnection(self.address.netloc, timeout=10)
        headers = {"Accept": "application/json"}
        if fields is not None:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        if self.access:
            headers["Authorization"] = f"Bearer {self.access}"
        body = None if fields is None else json.dumps(fields)
        connection.request(method, self.address.path + path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        if response.status != expect:
            raise SystemExit(f"{method} {path}: {response.status} {text}")
        is_json = response.headers.get_content_type() == "application/json"
        return json.loads(text) if is_json else text

    def take(self, tokens):
        """Uses the tokens of an answer from now on."""
        self.access = tokens["access"]
        return tokens["refresh"]


def wait_for_link(mailbox, email, kind):
    """Waits for the newest mail of a kind and returns the path of its link."""
    for _ in range(200):
        for path in sorted(Path(mailbox).glob("*.json"), reverse=True):
            mail = json.loads(path.read_text())
            if mail["to"] == email and mail["kind"] == kind:
                return urlsplit(re.search(r"https?://\S+", mail["text"]).group()).path
        time.sleep(0.05)
    raise SystemExit(f"There is no mail {kind}.")


def travel(base_url, mailbox, email):
    server = Server(base_url)
    first, second, third = PASSWORDS

    names = {"first_name": "Ada", "last_name": "Lovelace"}
    form = {"email": email, "password1": first, "password2": first, **names}
    print(server.call("POST", "/registration/", form, expect=201)["detail"])
    refusal = server.call("POST", "/login/", {"email": email, "password": first}, expect=401)
    print(refusal["code"])
    server.call("GET", wait_for_link(mailbox, email, "confirm-registration"), expect=302)

    tokens = server.call("POST", "/login/", {"email": email, "password": first}, expect=200)
    refresh = server.take(tokens)
    print(server.call("GET", "/user/", expect=200)["first_name"])
    print(server.call("PATCH", "/user/", {"first_name": "Augusta"}, expect=200)["first_name"])
    # The second call stands for a retry after a lost answer: the same token with the same key.
    key = secrets.token_urlsafe(24)
    server.call("POST", "/refresh/", {"refresh": refresh}, key=key, expect=200)
    refresh = server.take(server.call("POST", "/refresh/", {"refresh": refresh}, key=key, expect=200))
    print(len(server.call("GET", "/sessions/", expect=200)["sessions"]), "session")

    fields = {"old_password": first, "new_password1": second, "new_password2": second}
    changed = server.call("POST", "/password/change/", fields, expect=200)
    refresh = server.take(changed)
    print(changed["detail"])
    print(server.call("POST", "/logout/", {"refresh": refresh}, expect=200)["detail"])
    server.access = None

    server.call("POST", "/password/reset/", {"email": email}, expect=200)
    token = wait_for_link(mailbox, email, "reset-password").rstrip("/").split("/")[-1]
    weak = {"new_password1": "12345", "new_password2": "12345", "token": token}
    print(server.call("POST", "/password/reset/set-new/", weak, expect=400)["new_password2"][0])
    fields = {"new_password1": third, "new_password2": third, "token": token}
    reset = server.call("POST", "/password/reset/set-new/", fields, expect=200)
    server.take(reset)
    print(reset["detail"])

    current = server.call("GET", "/sessions/", expect=200)["sessions"][0]["id"]
    server.call("DELETE", f"/sessions/{current}/", expect=204)
    server.take(server.call("POST", "/login/", {"email": email, "password": third}, expect=200))
    server.call("POST", "/user/delete/", {"password": third}, expect=204)
    server.access = None
    server.call("POST", "/login/", {"email": email, "password": third}, expect=401)
    print("deleted")


if __name__ == "__main__":
    travel(*sys.argv[1:4])
