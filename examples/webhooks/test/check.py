# Verifies one webhook from the command line: SECRET ID TIMESTAMP SIGNATURE, with the body on the standard input.
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
sys.dont_write_bytecode = True
from verify import verify_webhook  # noqa: E402

secret, message_id, timestamp, signature = sys.argv[1:]
headers = {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
try:
    print(verify_webhook(secret, headers, sys.stdin.buffer.read())["type"])
except ValueError as fault:
    sys.exit(str(fault))
