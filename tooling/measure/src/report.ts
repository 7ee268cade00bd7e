/** One line of the report. */
export interface Row {
  readonly what: string;
  readonly value: string;
  /** What the value must be, if it must be something, and whether it is. */
  readonly bound?: { readonly text: string; readonly isMet: boolean };
}

/** A number that is only shown. */
export const shown = (what: string, value: number | string): Row => ({ what, value: String(value) });

/** A number that may not be greater than a bound. */
export const bounded = (what: string, value: number, max: number): Row => ({
  what,
  value: String(value),
  bound: { text: max === 0 ? '0' : `≤ ${max}`, isMet: value <= max },
});

/** The report as a Markdown table. */
export function reportTable(rows: readonly Row[]): string {
  const line = ({ what, value, bound }: Row): string =>
    `| ${what} | ${value} | ${bound === undefined ? '' : `${bound.text}${bound.isMet ? '' : ' (not met)'}`} |`;
  return ['| measure | value | must be |', '|---|---:|---|', ...rows.map(line)].join('\n');
}

/** Whether every bound is met. */
export const areBoundsMet = (rows: readonly Row[]): boolean =>
  rows.every(({ bound }) => bound?.isMet !== false);
