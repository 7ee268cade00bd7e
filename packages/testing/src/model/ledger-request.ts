import type {
  CreateHoldInput,
  HoldInput,
  SettleHoldInput,
  TrueUpHoldInput,
} from '@tenantry/contract/credit-hold';

/** A call of a procedure that is decided in the account's group commit. */
export type LedgerCall =
  | { procedure: 'credit.hold'; input: CreateHoldInput }
  | { procedure: 'credit.settle'; input: SettleHoldInput }
  | { procedure: 'credit.release'; input: HoldInput }
  | { procedure: 'credit.trueUp'; input: TrueUpHoldInput };

/** Such a call as a client makes it, with its Idempotency-Key. */
export type KeyedLedgerCall = LedgerCall & { accountId: string; key?: string | undefined };
