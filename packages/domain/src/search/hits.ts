/** What a search can find. */
export const hitKinds = ['account', 'member', 'api_key', 'invoice', 'payment'] as const;
export type HitKind = (typeof hitKinds)[number];

/** The most hits of a search. */
export const hitsMax = 10;
