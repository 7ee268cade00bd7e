/** Writes a whole number, such as credits, with the separators of the viewer's language. */
export function formatNumber(value: number, language?: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** Writes a change with its sign: `+1,000`, `−40`. Zero has none. */
export function formatChange(value: number, language?: string): string {
  return new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(value);
}
