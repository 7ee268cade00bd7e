import { standingCodes } from '../standing.ts';

/** The orders in which staff list accounts. */
export const accountOrders = ['newest', 'oldest', 'name'] as const;
export type AccountOrder = (typeof accountOrders)[number];

/** The standings that staff look for: one that works, grace, or the reason of a refusal. */
export const soughtStandings = ['good', 'grace', ...standingCodes] as const;
export type SoughtStanding = (typeof soughtStandings)[number];
