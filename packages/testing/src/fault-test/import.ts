import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openFailpoint } from '@tenantry/db/failpoint';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { importStatement } from '@tenantry/services/statement/import';
import { parseStatementFile } from '@tenantry/statements/parse';
import { csvMapping } from '../statements.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { url: text, file: text, staff: text, session: text, point: text, nth: text },
});
const { url = '', file = '', staff: staffId = '', session: sessionId = '', point, nth = '1' } = values;
const failpoint = openFailpoint(
  point === undefined ? undefined : { name: point, nth: Number(nth), action: 'kill' },
);

// One import of a CSV file by a member of staff, with the role of the admin app. It confirms what is certain.
const database = openDatabase(await openOrm(url, 1), failpoint);
const stored = await importStatement(
  {
    database,
    actor: { kind: 'staff', staffId, role: 'finance', sessionId },
    requestId: newId(),
    now: new Date(),
    address: '127.0.0.1',
    approvals: { secondApproverAmounts: {}, secondApproverCredits: undefined },
    statements: { confirmsExact: true, read: parseStatementFile },
    commit: (work) => database.withoutAccount.write({}, work),
    commitInAccount: () => Promise.reject(new Error('No account is made here.')),
  },
  { file: await readFile(file), mapping: csvMapping },
  failpoint,
);
await database.close();
process.exit(isRefusal(stored) ? 1 : 0);
