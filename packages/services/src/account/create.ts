import type { CreateAccountInput } from '@tenantry/contract/new-account';
import { findExternalAccount } from '@tenantry/db/access/queries';
import { type ExternalName, wasAsked } from '@tenantry/db/account/queries';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { fingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import { newId } from '@tenantry/db/ids';
import { findSellablePlan } from '@tenantry/db/plan/queries';
import { trialSlug } from '@tenantry/domain/plans';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { newAccountView, openAccount } from '../registration/create.ts';

type CreateContext = PersonContext<'sessionCache'>;

/** Another account has the external id. */
const conflicts = { account_directory_pkey: 'external_id_taken' } as const;

/**
 * Makes one more account of a signed-in person, who becomes its owner, or the account of a customer for a service key. A
 * person's trial comes once: where they had it, the trial of the new account is over, without credits, and it waits for
 * a paid plan. The account of a customer has no member; the same request with its external id finds it again. Refuses
 * `not_found` for a plan that is not sold, `external_id_taken`, and `invalid_input` for an external id of a person.
 */
export async function createAccount(context: CreateContext, input: CreateAccountInput) {
  const { actor } = context;
  if (actor.kind === 'service_key') return createForCustomer(context, input, actor.mode === 'test');
  if (actor.kind !== 'user') return refuse('unauthenticated');
  if (input.externalId !== undefined) {
    const errors = [{ path: 'externalId', message: 'is for service keys alone' }];
    return refuse('invalid_input', { errors });
  }
  const made = await insert(context, input, { userId: actor.userId });
  context.sessionCache.forgetMemberships(actor.userId);
  return made;
}

/** The account of a customer: the one that an earlier request with the same external id made, or a new one. */
async function createForCustomer(context: CreateContext, input: CreateAccountInput, sandbox: boolean) {
  const { externalId } = input;
  if (externalId === undefined) return insert(context, input, { sandbox });
  const external = { externalId, asked: fingerprintOf({ ...input, sandbox }) };
  const earlier = await findAgain(context, external);
  if (earlier !== undefined) return earlier;
  const made = await insert(context, input, { sandbox, external });
  // Another request with the external id may have been faster.
  if (!isRefusal(made) || made.refused !== 'external_id_taken') return made;
  return (await findAgain(context, external)) ?? made;
}

/** The account that has an external id, where the same request made it; undefined where none has. */
async function findAgain({ database, commitInAccount }: CreateContext, external: ExternalName) {
  const found = await findExternalAccount(database, external.externalId);
  if (found === undefined) return undefined;
  return commitInAccount(found.id, async (tx) =>
    (await wasAsked(tx, external))
      ? { created: false, ...(await newAccountView(tx)) }
      : refuse('external_id_taken'),
  );
}

/** Who a new account is for: a person, or a customer of the operator. */
interface Beneficiary {
  readonly userId?: string;
  readonly sandbox?: boolean;
  readonly external?: ExternalName;
}

function insert(
  { commitInAccount }: CreateContext,
  { name, planSlug = trialSlug, paymentMethod }: CreateAccountInput,
  { userId, sandbox = false, external }: Beneficiary,
) {
  return commitInAccount(newId(), async (tx) => {
    const plan = await findSellablePlan(tx, planSlug);
    if (plan === undefined) return refuse('not_found');
    const account = { name, paymentMethod, sandbox, external };
    const taken: void | Refusal<'external_id_taken'> = await refuseIfTaken(conflicts, () =>
      openAccount(tx, account, { plan, userId, action: 'account.create' }),
    );
    return taken ?? { created: true, ...(await newAccountView(tx)) };
  });
}
