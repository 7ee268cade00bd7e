import { parseCatalogue } from '@tenantry/catalogue/parse';
import { writeCatalogue } from '@tenantry/catalogue/write';
import { noFailpoint } from '@tenantry/db/failpoint';
import { openIdentity } from '@tenantry/identity/port';
import { parseStatementFile } from '@tenantry/statements/parse';
import { openLinks } from '@tenantry/mail/links';
import { openWebhookTargets } from '@tenantry/webhooks/port';
import type { Ports } from './context.ts';
import type { EmailMessage } from './ports.ts';

/** The ports of a test: identity and the readers of statements and catalogues are the real ones, the others record what services ask of them. */
export interface RecordedPorts {
  ports: Omit<Ports, 'provider'>;
  /** Every e-mail that was sent, oldest first. */
  emails: EmailMessage[];
  /** The ids of the sessions that this process was told to forget. */
  forgottenSessions: string[];
  /** The names of the files that are kept. */
  fileNames: Set<string>;
  /** What the proof store finds wrong with the next files; undefined takes every file. */
  setFileFault(fault: 'too_large' | 'another_type' | 'empty' | undefined): void;
  /** Waits for the work that services have begun in the background. Throws its first fault. */
  settle(): Promise<void>;
  /** The token of the newest e-mail to an address whose link leads to a page; undefined when there is none. */
  tokenFor(address: string, page: string): Promise<string | undefined>;
}

/** Opens the ports. Work in the background begins at once. */
export function openRecordedPorts(): RecordedPorts {
  const emails: EmailMessage[] = [];
  const forgottenSessions: string[] = [];
  const fileNames = new Set<string>();
  let fileFault: 'too_large' | 'another_type' | 'empty' | undefined;
  let begun: Promise<void>[] = [];
  const settle = async () => {
    const works = begun;
    begun = [];
    await Promise.all(works);
  };
  return {
    emails,
    forgottenSessions,
    fileNames,
    settle,
    setFileFault: (fault) => {
      fileFault = fault;
    },
    tokenFor: async (address, page) => {
      await settle();
      const link = new RegExp(`/${page}#token=(\\S+)`);
      const links = emails.flatMap(({ to, text }) => (to === address ? (link.exec(text)?.[1] ?? []) : []));
      return links.at(-1);
    },
    ports: {
      catalogueFiles: { read: parseCatalogue, write: (catalogue) => writeCatalogue(catalogue) },
      identity: openIdentity({
        tokens: { secret: 'a'.repeat(32), issuer: 'test', audience: 'test' },
        apiKeyPepper: 'p'.repeat(32),
        secondFactorKeys: [{ id: 'test', secret: 's'.repeat(32) }],
      }),
      emails: {
        send: async (email) => {
          emails.push(email);
        },
        ...openLinks('https://portal.test'),
      },
      adminSettings: { mode: 'demo', requiresSecondFactor: false },
      webhookTargets: openWebhookTargets(false),
      background: { run: (_name, work) => begun.push(work()) },
      sessionCache: {
        forgetSession: (id) => forgottenSessions.push(id),
        forgetMemberships: () => undefined,
        forgetAccount: () => undefined,
      },
      proofs: {
        save: async ({ length: sizeBytes }) => {
          if (fileFault !== undefined) return { fault: fileFault };
          const name = `${fileNames.size}.png`;
          fileNames.add(name);
          return { name, mediaType: 'image/png', sizeBytes };
        },
        read: async () => undefined,
        remove: async (name) => fileNames.delete(name),
      },
      statements: { confirmsExact: false, read: parseStatementFile },
      invoices: {
        print: async ({ number }) => new TextEncoder().encode(`PDF of ${number}`),
        printCreditNote: async ({ number }) => new TextEncoder().encode(`PDF of ${number}`),
      },
      failpoint: noFailpoint,
      approvals: { secondApproverAmounts: {}, secondApproverCredits: undefined },
      paymentMethods: { bankTransfer: true },
      billing: { renewalInvoiceDays: 7 },
    },
  };
}
