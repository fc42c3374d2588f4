"""An SMTP server for tests. It prints each accepted message as one line of JSON on standard output.

It reads what to refuse, delay or leave without an answer from standard input, one JSON object per line:
{"refuse": {"bad@example.com": "550 5.1.1 no such user"}, "delay": 0.5, "drop": 1, "data": "451 4.3.0 later"}
"""

import asyncio
import base64
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

# The library warns of the settings that the tests are about.
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

options = json.loads(sys.argv[1])
rules = {}


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def parse(content):
    """Parses a message with Python's own parser."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    return {
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "text": parts["plain"].get_content() if parts["plain"] else None,
        "html": parts["html"].get_content() if parts["html"] else None,
        "defects": [str(defect) for part in message.walk() for defect in part.defects],
    }


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        if options.get("refuseLiterals") and hostname.startswith("["):
            return ["421 4.7.0 an address is no name"]
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        refusal = rules.get("refuse", {}).get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(rules.get("delay", 0))
        if rules.get("data"):
            return rules["data"]
        say({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "hello": session.host_name,
            "tls": server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
            **parse(envelope.original_content),
            "raw": envelope.original_content.decode("latin-1"),
        })
        if rules.get("drop", 0) > 0:
            # The message is accepted, but the client gets no answer.
            rules["drop"] -= 1
            server.transport.abort()
        return "250 OK"


def authenticate(server, session, envelope, mechanism, auth_data):
    known = options.get("auth") or {}
    good = known.get(auth_data.login.decode()) == auth_data.password.decode()
    refusal = None
    if options.get("quotePasswords") and not good:
        encoded = base64.b64encode(b"\0" + auth_data.login + b"\0" + auth_data.password).decode()
        refusal = f"535 5.7.8 no entry for {auth_data.password.decode()} ({encoded})"
    return AuthResult(success=good, handled=False, message=refusal, auth_data=auth_data)


def read_rules():
    for line in sys.stdin:
        rules.clear()
        rules.update(json.loads(line))
        say({"rules": True})


async def serve():
    context = None
    if options.get("certificate"):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options["certificate"], options["key"])
        if options.get("oldTls"):
            context.maximum_version = ssl.TLSVersion.TLSv1
    secure = options.get("secure", False)

    def create():
        return SMTP(
            Handler(),
            tls_context=None if secure else context,
            authenticator=authenticate,
            auth_required=bool(options.get("auth")),
            auth_require_tls=context is not None and not secure,
            decode_data=False,
            enable_SMTPUTF8=True,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        create, host="127.0.0.1", port=options.get("port", 0), ssl=context if secure else None
    )
    say({"port": server.sockets[0].getsockname()[1]})
    # Returns when the test has ended and standard input is closed.
    await loop.run_in_executor(None, read_rules)


asyncio.run(serve())
