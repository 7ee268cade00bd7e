const secondsMax = 86_400;

/**
 * After how many seconds a provider asks to be called again, at most a day: `Retry-After` in seconds, or as a date beside
 * the answer's own `Date`; or `retry-after-ms`. Undefined where it does not say, or not in these forms.
 */
export function retryAfterSecondsOf(headers: Readonly<Record<string, string>>): number | undefined {
  const { 'retry-after': asked = '', 'retry-after-ms': milliseconds = '', date = '' } = headers;
  if (/^\d{1,9}$/.test(asked)) return bounded(Number(asked));
  if (/^\d{1,12}(?:\.\d+)?$/.test(milliseconds)) return bounded(Number(milliseconds) / 1000);
  const waited = (Date.parse(asked) - Date.parse(date)) / 1000;
  return /[A-Za-z]/.test(asked) && Number.isFinite(waited) ? bounded(waited) : undefined;
}

function bounded(seconds: number): number {
  return Math.min(Math.max(0, Math.ceil(seconds)), secondsMax);
}
