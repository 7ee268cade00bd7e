/** For how many seconds the token before the newest is still exchanged: two tabs, or an answer that was lost. */
const refreshOverlapSeconds = 30;

/** The newest refresh tokens of a session. */
export interface RefreshState {
  /** The generation of the newest tokens. */
  generation: number;
  /** When that generation began; null for the one of the sign-in. */
  refreshedAt: Date | null;
}

/**
 * What a refresh token of a generation is worth at `now`: the `next` generation, another successor of the `same`
 * generation as the newest, or nothing, since it was `replaced` and somebody else may hold it.
 */
export function worthOfRefreshToken(
  generation: number,
  { generation: newest, refreshedAt }: RefreshState,
  now: Date,
): 'next' | 'same' | 'replaced' {
  if (generation === newest) return 'next';
  if (generation !== newest - 1 || refreshedAt === null) return 'replaced';
  return now.getTime() < refreshedAt.getTime() + refreshOverlapSeconds * 1000 ? 'same' : 'replaced';
}
