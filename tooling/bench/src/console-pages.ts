import { accountId, numberedId } from './accounts.ts';

/** A read of a page of staff. `path` answers another path each time, so that no cache of one row helps. */
interface PageRead {
  page: string;
  what: string;
  path: (account: number) => string;
}

const list = (query: string): ((account: number) => string) => {
  return (account) => `/accounts?${query.replaceAll('%n', String(account))}`;
};
const ofAccount = (rest: string) => (account: number) => `/accounts/${accountId(account)}${rest}`;

/** Every read of a page of staff, by page. `%n` is the number of an account that exists. */
export const pageReads: readonly PageRead[] = [
  { page: 'Today', what: 'what waits', path: () => '/overview' },
  { page: 'Today', what: 'activity', path: () => '/overview/activity' },
  { page: 'Today', what: 'revenue', path: () => '/overview/revenue' },
  { page: 'Search', what: 'a name', path: (n) => `/search?q=northwind%20${n}` },
  { page: 'Search', what: 'a common word', path: () => '/search?q=bakery' },
  { page: 'Search', what: 'an address', path: (n) => `/search?q=owner${n}%40` },
  { page: 'Search', what: 'an invoice', path: (n) => `/search?q=b-${n}-1` },
  { page: 'Search', what: 'an id', path: (n) => `/search?q=${accountId(n)}` },
  { page: 'Accounts', what: 'newest', path: list('') },
  { page: 'Accounts', what: 'by name', path: list('sort=name') },
  {
    page: 'Accounts',
    what: 'a later page',
    path: (n) => `/accounts?cursor=${Buffer.from(accountId(n)).toString('base64url')}`,
  },
  { page: 'Accounts', what: 'a common word', path: list('q=bakery') },
  { page: 'Accounts', what: 'a rare word', path: list('q=%n') },
  { page: 'Accounts', what: 'in good standing', path: list('standing=good') },
  { page: 'Accounts', what: 'in grace', path: list('standing=grace') },
  { page: 'Accounts', what: 'overdue', path: list('standing=payment_overdue') },
  { page: 'Accounts', what: 'suspended', path: list('standing=account_suspended&sort=name') },
  { page: 'Accounts', what: 'low on credits', path: list('lowCredit=true') },
  { page: 'Accounts', what: 'paid by PayPal', path: list('paymentMethod=paypal') },
  { page: 'Accounts', what: 'trial plan past its end', path: list('planSlug=trial&standing=trial_expired') },
  { page: 'Accounts', what: 'sandboxes', path: list('sandbox=true') },
  { page: 'An account', what: 'itself', path: ofAccount('') },
  { page: 'An account', what: 'credits', path: ofAccount('/credits') },
  { page: 'An account', what: 'journal', path: ofAccount('/credits/entries') },
  { page: 'An account', what: 'members', path: ofAccount('/members') },
  { page: 'An account', what: 'sites', path: ofAccount('/sites') },
  { page: 'An account', what: 'keys', path: ofAccount('/api-keys') },
  { page: 'An account', what: 'sessions', path: ofAccount('/sessions') },
  { page: 'An account', what: 'grants', path: ofAccount('/credits/grants') },
  { page: 'An account', what: 'holds', path: ofAccount('/credits/holds') },
  { page: 'An account', what: 'limits', path: ofAccount('/credits/limits') },
  { page: 'An account', what: 'usage by day', path: ofAccount('/usage') },
  { page: 'An account', what: 'invoices', path: ofAccount('/invoices') },
  { page: 'An account', what: 'payments', path: ofAccount('/payments') },
  { page: 'An account', what: 'money', path: ofAccount('/money-entries') },
  { page: 'An account', what: 'emails', path: ofAccount('/emails') },
  { page: 'Catalogue', what: 'plans', path: () => '/plans' },
  { page: 'Catalogue', what: 'all of it', path: () => '/catalogue' },
  { page: 'Transfers', what: 'the queue', path: () => '/payments' },
  { page: 'Transfers', what: 'confirmed', path: () => '/payments?status=succeeded' },
  {
    page: 'Transfers',
    what: 'proofs of one',
    path: (n) => `/payments/${numberedId('0198f011', n * 100 + 1)}/proofs`,
  },
  { page: 'Transfers', what: 'lines of statements', path: () => '/statement-lines' },
];
