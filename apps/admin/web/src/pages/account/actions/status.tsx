import type { StaffAccountDetail } from '@tenantry/client';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

interface StatusProps {
  readonly account: StaffAccountDetail;
  readonly close: () => void;
}

/** Suspends an account. */
export function Suspend({ account: { id: accountId, name, openHolds }, close }: StatusProps) {
  const holds = openHolds === 0 ? '' : ` Its ${openHolds} open holds can still be settled or run out.`;
  return (
    <ReasonDialog
      title={`Suspend ${name}`}
      effect={`Every call of its members and keys is refused at once, until it is reactivated. Payments are still booked. Owners and admins are told by e-mail.${holds}`}
      action="Suspend"
      isDangerous
      change={({ reason, idempotencyKey }) =>
        send(api.account.suspend.mutationOptions(once(idempotencyKey)), { accountId, reason })
      }
      done={`${name} is suspended.`}
      close={close}
    />
  );
}

/** Lifts a suspension. */
export function Reactivate({ account: { id: accountId, name, statusReason }, close }: StatusProps) {
  return (
    <ReasonDialog
      title={`Reactivate ${name}`}
      effect={`Its calls are admitted again, as far as its subscription goes. It was suspended for: “${statusReason ?? ''}”`}
      action="Reactivate"
      change={({ reason, idempotencyKey }) =>
        send(api.account.reactivate.mutationOptions(once(idempotencyKey)), { accountId, reason })
      }
      done={`${name} works again.`}
      close={close}
    />
  );
}

/** Closes an account for good. */
export function CloseAccount({ account, close }: StatusProps) {
  const { id: accountId, name, credits, openHolds, openInvoices } = account;
  const keys = account.limits.find((limit) => limit.name === 'apiKeys')?.used ?? 0;
  return (
    <ReasonDialog
      title={`Close ${name} for good`}
      effect={
        <>
          Nobody opens it again. At once: {keys} {keys === 1 ? 'key is' : 'keys are'} revoked, {openHolds}{' '}
          open {openHolds === 1 ? 'hold is' : 'holds are'} given back, and open invitations end.{' '}
          {credits.available} credits and {openInvoices.length} open{' '}
          {openInvoices.length === 1 ? 'invoice stays' : 'invoices stay'} as they are. Members still read its
          invoices.
        </>
      }
      action="Close for good"
      isDangerous
      change={({ reason, idempotencyKey }) =>
        send(api.account.close.mutationOptions(once(idempotencyKey)), { accountId, reason })
      }
      done={`${name} is closed.`}
      close={close}
    />
  );
}
