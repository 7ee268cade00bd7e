/** What a viewer's language and zone are; a test names its own. */
export interface Viewer {
  readonly language?: string;
  readonly timeZone?: string;
}

/** Writes an instant in the viewer's zone, to the minute: `29 Nov 2026, 14:05`. */
export function formatTime(at: string, { language, timeZone }: Viewer = {}): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(at),
  );
}

/** Writes the day of an instant in the viewer's zone. */
export function formatDay(at: string, { language, timeZone }: Viewer = {}): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone }).format(new Date(at));
}

/** Writes an instant in UTC, to the second: `2026-11-29 13:05:07 UTC`. */
export function formatUtc(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const steps = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Writes how far an instant is from now, in its largest unit: `3 hours ago`, `in 2 days`. */
export function formatDistance(at: string, now: Date, { language }: Viewer = {}): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, length] of steps)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  return format.format(0, 'second');
}
