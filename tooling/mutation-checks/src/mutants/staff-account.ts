import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

const proposals = 'packages/services/src/staff/credit-proposal.test.ts';
const extending = 'packages/services/src/staff/extend.test.ts';
const explaining = `${e2e}/gate/explanation.test.ts`;

/** Mutants of what staff change of one account, and of why a call is refused. */
export const staffAccountMutants: readonly Mutant[] = [
  {
    name: 'one member of staff gives any credits in small parts',
    file: 'packages/domain/src/credit/proposal.ts',
    find: 'const required = Math.abs(amount) + adjusted;',
    replace: 'const required = Math.abs(amount) + 0 * adjusted;',
    test: proposals,
    title: 'are given by nobody alone, and no sooner in small parts within a day',
  },
  {
    name: 'whoever proposed a correction approves it',
    file: 'packages/domain/src/credit/proposal.ts',
    find: 'return approves && proposedBy === by',
    replace: "return approves && proposedBy === ''",
    test: proposals,
    title: 'moves credits when another member of staff approves it, once',
  },
  {
    name: 'a proposal is decided twice',
    file: 'packages/domain/src/credit/proposal.ts',
    find: "  if (status !== 'waiting') return refuse('conflict');\n",
    replace: '',
    test: proposals,
    title: 'moves nothing once it is rejected, also by whoever made it',
  },
  {
    name: 'staff of an account approve its credits',
    file: 'packages/services/src/staff/credit-proposal.ts',
    find: '  const conflict = await refusalIfStaffIsMember(tx);\n  if (conflict !== undefined) return conflict;\n  const proposal = await findProposal(tx, proposalId);',
    replace: '  const proposal = await findProposal(tx, proposalId);',
    test: proposals,
    title: 'is refused like the correction itself',
  },
  {
    name: 'an extension leaves the plan credits where they end',
    file: 'packages/services/src/staff/extend.ts',
    find: '  await change(tx, extendCredits, extension);\n',
    replace: '  void extendCredits;\n',
    test: extending,
    title: 'keeps the account and its plan credits usable until then, and no longer',
  },
  {
    name: 'a rejected payment takes the grace that staff gave',
    file: 'packages/services/src/billing/review.ts',
    find: 'graceUntil != null && graceUntil > graceEnd ? graceUntil : graceEnd',
    replace: 'graceUntil != null && graceUntil < graceEnd ? graceUntil : graceEnd',
    test: extending,
    title: 'outlasts the rejection of a payment that waited',
  },
  {
    name: 'a payment leaves the grace that staff gave',
    file: 'packages/services/src/subscription/activate.ts',
    find: '    graceUntil: null,\n',
    replace: '',
    test: extending,
    title: 'ends with the payment of the next period',
  },
  {
    name: 'the explanation lets a revoked key pass',
    file: 'packages/gate/src/authenticate/held-key.ts',
    find: "  if (key.revokedAt !== null) return rejectedHeld(kind, 'revoked');\n",
    replace: '',
    test: explaining,
    title: 'names the fact that decided of each credential',
  },
  {
    name: 'the explanation takes a point of the bucket',
    file: 'packages/gate/src/throttle.ts',
    find: 'const counted = await limiterOf(bucket.rate).get(bucketName(bucket));',
    replace: 'const counted = await countIn(limiterOf(bucket.rate), bucketName(bucket), cost);',
    test: explaining,
    title: 'says what is left where processes count together',
  },
];
