import type { CreateAccountInput } from '@tenantry/contract/new-account';
import { findExternalAccount } from '@tenantry/db/access/queries';
import { type ExternalName, wasAsked } from '@tenantry/db/account/queries';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { fingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import { newId } from '@tenantry/db/ids';
import { findSellablePlan } from '@tenantry/db/plan/queries';
import { refusalIfSwitchedOff } from '@tenantry/domain/payment/methods';
import { trialSlug } from '@tenantry/domain/plans';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import type { EmailMessage } from '../ports.ts';
import { newAccountView, openAccount } from '../registration/create.ts';
import { type OwnerInvitation, findOwnerAgain, inviteOwner } from './owner.ts';

type CreateContext = PersonContext<'sessionCache' | 'identity' | 'emails' | 'background' | 'paymentMethods'>;

/** Another account has the external id. */
const conflicts = { account_directory_pkey: 'external_id_taken' } as const;

/**
 * Makes one more account of a signed-in person, who becomes its owner, or the account of a customer for a service key. A
 * person's trial comes once: where they had it, the trial of the new account is over, without credits, and it waits for
 * a paid plan. The account of a customer has no member; where the call names its owner, they are invited by e-mail. The
 * same request with its external id finds it again. Refuses `not_found` for a plan that is not sold,
 * `provider_disabled` for a bank transfer while the operator takes none, `external_id_taken`, `throttled` above the bound of the owner's mailbox, and `invalid_input` for an external id or an
 * owner in the call of a person.
 */
export async function createAccount(context: CreateContext, input: CreateAccountInput) {
  const { actor } = context;
  const switchedOff = refusalIfSwitchedOff(input.paymentMethod, context.paymentMethods);
  if (switchedOff !== undefined) return switchedOff;
  if (actor.kind === 'service_key')
    return createForCustomer(context, input, { serviceKeyId: actor.keyId, sandbox: actor.mode === 'test' });
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const refused = (['externalId', 'owner'] as const).filter((path) => input[path] !== undefined);
  if (refused.length > 0) {
    const errors = refused.map((path) => ({ path, message: 'is for service keys alone' }));
    return refuse('invalid_input', { errors });
  }
  const made = await insert(context, input, { userId: actor.userId });
  context.sessionCache.forgetMemberships(actor.userId);
  return made;
}

/** The account of a customer: the one that an earlier request with the same external id made, or a new one. */
async function createForCustomer(
  context: CreateContext,
  input: CreateAccountInput,
  { serviceKeyId, sandbox }: { serviceKeyId: string; sandbox: boolean },
) {
  const messages: EmailMessage[] = [];
  const { identity, emails, background } = context;
  const invite = { identity, emails, serviceKeyId, enqueue: (one: EmailMessage) => void messages.push(one) };
  const made = await findOrInsert(context, input, { sandbox, invite });
  // An invitation exists once it is committed.
  if (!isRefusal(made))
    for (const message of messages) background.run('account.create', () => emails.send(message));
  return made;
}

async function findOrInsert(
  context: CreateContext,
  input: CreateAccountInput,
  { sandbox, invite }: Required<Pick<Beneficiary, 'sandbox' | 'invite'>>,
) {
  const { externalId, owner } = input;
  if (externalId === undefined) return insert(context, input, { sandbox, invite });
  const external = { externalId, asked: fingerprintOf({ ...input, sandbox }) };
  const again = { invite, email: owner?.email };
  const earlier = await findAgain(context, external, again);
  if (earlier !== undefined) return earlier;
  const made = await insert(context, input, { sandbox, external, invite });
  // Another request with the external id may have been faster.
  if (!isRefusal(made) || made.refused !== 'external_id_taken') return made;
  return (await findAgain(context, external, again)) ?? made;
}

/** The account that has an external id, where the same request made it; undefined where none has. */
async function findAgain(
  { database, commitInAccount }: CreateContext,
  external: ExternalName,
  { invite, email }: { invite: OwnerInvitation; email: string | undefined },
) {
  const found = await findExternalAccount(database, external.externalId);
  if (found === undefined) return undefined;
  return commitInAccount(found.id, async (tx) => {
    if (!(await wasAsked(tx, external))) return refuse('external_id_taken');
    const owner = email === undefined ? null : await findOwnerAgain(tx, invite, email);
    return isRefusal(owner) ? owner : { created: false, owner, ...(await newAccountView(tx)) };
  });
}

/** Who a new account is for: a person, or a customer of the operator, whose owner may be invited. */
interface Beneficiary {
  readonly userId?: string;
  readonly sandbox?: boolean;
  readonly external?: ExternalName;
  readonly invite?: OwnerInvitation;
}

function insert(
  { commitInAccount }: CreateContext,
  { name, planSlug = trialSlug, paymentMethod, billingDetails, owner: named }: CreateAccountInput,
  { userId, sandbox = false, external, invite }: Beneficiary,
) {
  return commitInAccount(newId(), async (tx) => {
    const plan = await findSellablePlan(tx, planSlug);
    if (plan === undefined) return refuse('not_found');
    const account = { name, paymentMethod, billingDetails, sandbox, external };
    const taken: void | Refusal<'external_id_taken'> = await refuseIfTaken(conflicts, () =>
      openAccount(tx, account, { plan, userId, action: 'account.create' }),
    );
    if (taken !== undefined) return taken;
    const owner =
      named === undefined || invite === undefined ? null : await inviteOwner(tx, invite, named.email);
    return isRefusal(owner) ? owner : { created: true, owner, ...(await newAccountView(tx)) };
  });
}
