/** A session of staff lives at most this long, however often it is used: a working day. */
const hoursMax = 12;

/** A session of staff that is not used for so long ends. */
export const staffIdleMinutes = 60;

/** How far apart the times are that a use is written down at. */
const useSeconds = 60;

/** The times of a session of staff. */
export interface StaffSessionTimes {
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Null for a session that has done nothing but begin. */
  readonly lastUsedAt: Date | null;
}

const minutesAfter = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
const lastUseOf = ({ lastUsedAt, createdAt }: StaffSessionTimes) => lastUsedAt ?? createdAt;

/** When a session that begins at `now` ends at the latest. */
export function staffSessionEnd(now: Date): Date {
  return minutesAfter(now, hoursMax * 60);
}

/** Whether a session of staff has ended at `now`: at its latest end, or because nobody used it. */
export function hasStaffSessionEnded(session: StaffSessionTimes, now: Date): boolean {
  return session.expiresAt <= now || minutesAfter(lastUseOf(session), staffIdleMinutes) <= now;
}

/** Whether a use at `now` is to be written down: the last one that was is a minute old. */
export function isUseToRecord(session: StaffSessionTimes, now: Date): boolean {
  return now.getTime() - lastUseOf(session).getTime() >= useSeconds * 1000;
}
