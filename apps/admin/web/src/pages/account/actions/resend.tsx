import type { AccountEmail, WebhookDelivery } from '@tenantry/client';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

interface OfAccount {
  readonly accountId: string;
  readonly close: () => void;
}

/** Sends an e-mail again. */
export function ResendEmail({ accountId, email, close }: OfAccount & { readonly email: AccountEmail }) {
  return (
    <ReasonDialog
      title={`Send ${email.type} to ${email.email} again`}
      effect="The same text is put in the queue once more. One mailbox gets at most three e-mails of a kind an hour; more wait."
      action="Send again"
      change={({ reason, idempotencyKey }) =>
        send(api.email.resend.mutationOptions(once(idempotencyKey)), { accountId, emailId: email.id, reason })
      }
      done={`The e-mail to ${email.email} is on its way.`}
      close={close}
    />
  );
}

/** Delivers a message to a webhook endpoint again. */
export function Redeliver({
  accountId,
  endpointId,
  delivery,
  close,
}: OfAccount & { readonly endpointId: string; readonly delivery: WebhookDelivery }) {
  return (
    <ReasonDialog
      title={`Deliver ${delivery.type} again`}
      effect="The same message, with the same id and body, is put at the end of the queue of the endpoint."
      action="Deliver again"
      change={({ reason, idempotencyKey }) =>
        send(api.webhookEndpoint.redeliver.mutationOptions(once(idempotencyKey)), {
          accountId,
          endpointId,
          deliveryId: delivery.id,
          reason,
        })
      }
      done="The message is in the queue."
      close={close}
    />
  );
}
