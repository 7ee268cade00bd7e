import type { ApiKey, Member } from '@tenantry/client';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

interface OfAccount {
  readonly accountId: string;
  readonly close: () => void;
}

/** Revokes an API key of an account. */
export function RevokeKey({ accountId, apiKey, close }: OfAccount & { readonly apiKey: ApiKey }) {
  return (
    <ReasonDialog
      title={`Revoke the key ${apiKey.name}`}
      effect={`Calls with ${apiKey.prefix}… are refused at once, on every server. It cannot be undone; the account makes another key.`}
      action="Revoke"
      isDangerous
      change={({ reason, idempotencyKey }) =>
        send(api.apiKey.revoke.mutationOptions(once(idempotencyKey)), { accountId, keyId: apiKey.id, reason })
      }
      done={`The key ${apiKey.name} is revoked.`}
      close={close}
    />
  );
}

/** Ends every session of a member. */
export function RevokeSessions({ accountId, member, close }: OfAccount & { readonly member: Member }) {
  return (
    <ReasonDialog
      title={`Sign out ${member.email}`}
      effect="All sessions of this person end at once, also those in other accounts. They sign in again with their password."
      action="Sign out"
      isDangerous
      change={({ reason, idempotencyKey }) =>
        send(api.member.revokeSessions.mutationOptions(once(idempotencyKey)), {
          accountId,
          userId: member.userId,
          reason,
        })
      }
      done={`${member.email} is signed out everywhere.`}
      close={close}
    />
  );
}

/** Removes the second factor of a person who has lost it. */
export function ResetSecondFactor({ email, close }: { readonly email: string; readonly close: () => void }) {
  return (
    <ReasonDialog
      title={`Reset the second factor of ${email}`}
      effect="They sign in with their password alone until they set up another, and their sessions end. Make sure that it is them."
      action="Reset"
      isDangerous
      change={({ reason, idempotencyKey }) =>
        send(api.user.resetSecondFactor.mutationOptions(once(idempotencyKey)), { email, reason })
      }
      done={`The second factor of ${email} is gone.`}
      close={close}
    />
  );
}
