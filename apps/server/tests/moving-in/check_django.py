"""Reads [password, hash] from standard input, a line of JSON each. Prints what Django's own hashers say, in the same order."""

import json
import sys

import django
from django.conf import settings

settings.configure()
django.setup()

from django.contrib.auth.hashers import check_password  # noqa: E402

for line in sys.stdin:
    password, encoded = json.loads(line)
    # The original cuts the blanks of what is typed.
    print(json.dumps(check_password(password.strip(), encoded)))
