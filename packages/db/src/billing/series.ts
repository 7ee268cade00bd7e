import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

/** The row of the series is locked until the transaction ends, so that a number is given to one document or to none. */
const take = `insert into invoice_series (series, last_number) values ($1, 1)
  on conflict (series) do update set last_number = invoice_series.last_number + 1 returning last_number::float8 as number`;

/** The next number of a series, alone and as it is printed. */
export async function takeNumber(
  tx: AccountTransaction,
  series: string,
): Promise<{ count: number; number: string }> {
  const [taken] = await rows<{ number: number }>(tx, take, [series]);
  if (taken === undefined) throw new Error(`The series ${series} gave no number.`);
  return { count: taken.number, number: `${series}${String(taken.number).padStart(6, '0')}` };
}
