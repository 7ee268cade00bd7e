"""Calls Tenantry over REST. It needs Python 3.9 or newer, and no package."""

import http.client
import json
import time
import urllib.error
import urllib.request
import uuid

TRIES_MAX = 4
WAIT_SECONDS_MAX = 10
TIMEOUT_SECONDS = 10


class Refusal(Exception):
    """The API refused a call. A program decides by `code`."""

    def __init__(self, problem):
        super().__init__(problem.get("detail", ""))
        self.status = problem["status"]
        self.code = problem["code"]
        self.problem = problem


class Tenantry:
    """The API at a URL, called with an API key, or with a service key for the account that is named."""

    def __init__(self, url, key, account=None):
        self.url = url.rstrip("/")
        self.headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        if account is not None:
            self.headers["Tenantry-Account"] = account

    def post(self, path, body):
        """Answers the body of a call. Repeats it after a lost answer, under one key, so that it counts once."""
        headers = {**self.headers, "Idempotency-Key": str(uuid.uuid4())}
        request = urllib.request.Request(
            f"{self.url}/v1{path}", json.dumps(body).encode(), headers, method="POST"
        )
        for attempt in range(1, TRIES_MAX + 1):
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                refusal = Refusal(json.load(error))
                wait_seconds = refusal.problem.get("retryAfterSeconds", 0)
                can_pass = error.code >= 500 or wait_seconds > 0
                if not can_pass or attempt == TRIES_MAX or wait_seconds > WAIT_SECONDS_MAX:
                    raise refusal from None
            except (OSError, http.client.HTTPException):
                wait_seconds = 0
                if attempt == TRIES_MAX:
                    raise
            time.sleep(wait_seconds + 0.2 * 2**attempt)

    def verify(self, credential, **terms):
        """What the gate says of a customer's credential, asked with a service key. A refusal is an answer: valid is False."""
        return self.post("/credentials/verify", {"credential": credential, **terms})

    def with_credits(self, hold, work):
        """Holds credits, runs the work, and settles at the amount that it answers beside its value."""
        hold_id = self.post("/credits/holds", hold)["id"]
        try:
            value, used = work()
        except BaseException:
            self.post(f"/credits/holds/{hold_id}/release", {})
            raise
        return value, self.post(f"/credits/holds/{hold_id}/settle", {"amount": used})
