export type { AdminRouter } from './admin-router.ts';
export {
  type Hold,
  type HoldInput,
  HoldResolvedError,
  type ResolvedHold,
  SettleError,
  type SettleInput,
  type Used,
} from './hold.ts';
export { type KeptSession, type SessionStorage, type StoredSession, keepSession } from './kept-session.ts';
export type { Fetch, Signal } from './host.ts';
export type { CallContext, ConnectionOptions } from './links.ts';
export { type ProblemCode, type RefusalCode, problemCodes, refusalCodes } from './problem-code.ts';
export { type Problem, problemOf } from './problem.ts';
export type { AppRouter } from './router.ts';
export { type StaffOptions, createStaffClient } from './staff-client.ts';
export { type TenantryOptions, createTenantryClient } from './tenantry-client.ts';
export type * from './types.ts';
export { withCredits } from './with-credits.ts';
export type { Extend, Work, WorkOptions } from './work-under-hold.ts';
