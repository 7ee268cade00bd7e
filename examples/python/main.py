"""Work that costs credits: python3 main.py URL KEY [CREDITS]"""

import sys

from tenantry import Refusal, Tenantry

url, key = sys.argv[1:3]
credits = int(sys.argv[3]) if len(sys.argv) > 3 else 20


def write_sentence():
    """Stands for your model: it answers a text, and what the text cost."""
    return "Tea is a drink.", 3


try:
    text, hold = Tenantry(url, key).with_credits({"amount": credits}, write_sentence)
    print(text)
    print(f"{hold['settledAmount']} of {hold['amount']} held credits were charged.")
except Refusal as refusal:
    if refusal.code != "insufficient_credits":
        sys.exit(f"The call was refused: {refusal.status} {refusal.code}.")
    sys.exit(f"{refusal.problem['required']} credits are needed, {refusal.problem['available']} are left.")
