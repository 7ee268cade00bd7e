/**
 * The texts that a change sends, for benchmarks that send them one by one beside the ledger. Nothing else imports this
 * module: whoever changes credits uses `change` or the group commit.
 */
export { enterAccount, loadState, lockBalance } from './statements.ts';
export { type RowWrite, writes } from './writes.ts';
