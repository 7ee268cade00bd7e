import type { BankLine, EventStatus } from '@tenantry/domain/statement/event';
import { isPerhapsSame } from '@tenantry/domain/statement/twin';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** A line that may be the same movement as another one. */
export interface Twin {
  lineId: string;
  status: EventStatus;
}

/** Two lines that files of one format hold are two movements. */
const formats = (
  line: string,
) => `select file.format from statement_file_line held join statement_file file on file.id = held.file_id
  where held.event_id = ${line}`;

const sameDay = `select line.id as "ofLine", line.payload as line, other.id as "lineId", other.status, other.payload as other
from provider_event line join provider_event other on other.provider = 'bank_statement' and other.id <> line.id
  and other.payload ->> 'bookedOn' = line.payload ->> 'bookedOn' and other.payload ->> 'amount' = line.payload ->> 'amount'
where line.provider = 'bank_statement' and line.id = any ($1::uuid[])
  and not exists (${formats('line.id')} intersect ${formats('other.id')})
order by other.id`;

/** For each line the lines of files of other formats that may be the same movement; for staff only. */
export async function findTwins(
  tx: Transaction,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, Twin[]>> {
  if (lineIds.length === 0) return new Map();
  const found = await rows<Twin & { ofLine: string; line: BankLine; other: BankLine }>(tx, sameDay, [
    lineIds,
  ]);
  const twins = new Map<string, Twin[]>();
  for (const { ofLine, line, other, lineId, status } of found)
    if (isPerhapsSame(line, other)) twins.set(ofLine, [...(twins.get(ofLine) ?? []), { lineId, status }]);
  return twins;
}
