import type { ConfirmStatementLineInput } from '@tenantry/contract/statement';
import { newId } from '@tenantry/db/ids';
import type { EventStatus } from '@tenantry/domain/statement/event';
import type { PersonContext } from '../context.ts';
import { type ServiceTest, type Tenant, accepted } from '../service.fixture.ts';
import { orderPlan } from '../subscription/change.ts';
import { confirmLine } from './confirm.ts';
import { importStatement } from './import.ts';
import type { ApprovalSettings } from '../ports.ts';
import { listLines } from './list.ts';

/** A file of bank statements. */
type File = Uint8Array<ArrayBuffer>;

/** An MT940 message of one account of ours. Each of its movements is a pair of fields 61 and 86. */
export function statement(
  movements: readonly string[],
  { account = '12345678', closing = '0,00', day = '260302' } = {},
): File {
  const [head, end] = [[':20:X', `:25:${account}`, ':60M:C260301USD0,00'], `:62M:C${day}USD${closing}`];
  return Buffer.from([...head, ...movements, end, ''].join('\n'));
}

/** A movement that brings money, with an id of the bank that no other has. */
export const credit = (
  text: string,
  { amount = '29,00', bankId = newId().replaceAll('-', '').slice(-16) } = {},
) => `:61:260302C${amount}NTRFNONREF//${bankId}\n:86:${text}`;

/** Ways to work with statements in a test of services. */
export function statementsOf(services: () => ServiceTest) {
  /** The context of a call by staff without an account. */
  function byStaff(): PersonContext<'approvals' | 'statements'> {
    const actor = { kind: 'staff', staffId: newId(), role: 'finance', sessionId: newId() } as const;
    const { admin } = services().database;
    return {
      ...services().directory(),
      database: admin,
      actor,
      commit: (work) => admin.withoutAccount.write({}, work),
      commitInAccount: () => Promise.reject(new Error('No account is made here.')),
    };
  }
  const load = async (file: File) => accepted(await importStatement(byStaff(), { file, mapping: undefined }));
  const linesOf = async (statementId: string, status: EventStatus = 'waiting') =>
    (await listLines(byStaff(), { limit: 100, status, statementId })).items;
  return {
    byStaff,
    load,
    linesOf,
    /** Imports a file, and answers its one line that waits. */
    onlyLine: async (file: File) => {
      const [line] = await linesOf((await load(file)).id);
      if (line === undefined) throw new Error('The file has no line that waits.');
      return line;
    },
    /** Orders a plan of 29.00 USD; answers its invoice. */
    order: async (tenant: Tenant) => {
      const input = { planSlug: 'starter', paymentMethod: 'bank_transfer' } as const;
      return accepted(await services().inAccount(tenant, (context) => orderPlan(context, input))).invoice;
    },
    confirm: (
      tenant: Tenant,
      input: Partial<ConfirmStatementLineInput> & { lineId: string },
      { email, approvals }: { email?: string; approvals?: ApprovalSettings } = {},
    ) =>
      services().asStaff(
        tenant,
        (context) =>
          confirmLine(
            { ...context, ...(approvals && { approvals }) },
            { accountId: tenant.accountId, ...input },
          ),
        email === undefined ? {} : { email },
      ),
  };
}
