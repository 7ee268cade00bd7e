"""The backend of a product, asked by a customer: python3 backend.py URL SERVICE_KEY CREDENTIAL [CREDITS]"""

import sys

from tenantry import Refusal, Tenantry

url, service_key, credential = sys.argv[1:4]
credits = int(sys.argv[4]) if len(sys.argv) > 4 else 20

try:
    backend = Tenantry(url, service_key)
    verdict = backend.verify(credential, feature="operations", hold={"amount": credits})
except Refusal as refusal:
    # The service key or the terms are wrong: an error of the product, which its customer is not told.
    sys.exit(f"The verification was refused: {refusal.status} {refusal.code}.")
if not verdict["valid"]:
    sys.exit(f"The customer is refused: {verdict['status']} {verdict['code']}.")

hold, account = verdict["hold"], verdict["account"]
print(f"{account['name']} may spend {hold['amount']} credits on the plan {verdict['plan']['slug']}.")
settled = Tenantry(url, service_key, account["id"]).post(f"/credits/holds/{hold['id']}/settle", {"amount": 3})
print(f"{settled['settledAmount']} of {settled['amount']} held credits were charged.")
