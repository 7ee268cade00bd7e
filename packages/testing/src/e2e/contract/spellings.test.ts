import { isEmail, normaliseEmail } from '@tenantry/domain/email';
import { asciiHostname, normaliseDomain } from '@tenantry/domain/hostname';
import { normaliseName } from '@tenantry/domain/name';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { unthrottle } from '../../plan.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, registerOwner } from '../../users.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  await unthrottle(app, owner.accountId);
});
afterAll(() => app.close());

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const parts = [
  'a',
  'b',
  'z',
  'ß',
  'é',
  'ö',
  'İ',
  'Σ',
  'ς',
  'Ж',
  '例',
  'ا',
  'ل',
  '0',
  '9',
  '-',
  '.',
  '。',
  '．',
  '٠',
  'ﬁ',
  'e\u0301',
  '\u200c',
  'xn--',
  '%',
  '@',
];
const strange = fc.string({
  unit: fc.constantFrom(...parts),
  maxLength: 20,
});
const nearHost = fc.oneof(
  anyText,
  strange,
  fc.tuple(strange, strange).map(([left, right]) => `${left}.${right}`),
);

describe('a spelling that was made normal', () => {
  const isStable = (text: string, normalise: (given: string) => string) =>
    normalise(normalise(text)) === normalise(text);

  it('stays as it is: names, domains and e-mail addresses', () => {
    const rules = [
      [anyText, normaliseName],
      [nearHost, normaliseDomain],
      [fc.tuple(strange, nearHost).map(([local, host]) => `${local}@${host}`), normaliseEmail],
      [anyText, normaliseEmail],
    ] as const;
    for (const [texts, normalise] of rules)
      fc.assert(
        fc.property(texts, (text) => isStable(text, normalise)),
        { numRuns: 2000 },
      );
  });

  it('is ASCII where it is the domain of a site or of an address', () => {
    fc.assert(
      fc.property(nearHost, (host) => {
        const ascii = asciiHostname(host);
        const email = normaliseEmail(`ada@${host}`);
        const printable = /^[!-~]+$/;
        return (ascii === undefined || printable.test(ascii)) && (!isEmail(email) || printable.test(email));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Labels with characters that have another case, another composition or an ASCII form of their own. */
const label = fc
  .array(fc.constantFrom('a', 'z', '7', 'é', 'ö', 'ж', '例'), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''));
const fullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));

/** Other spellings of one host name. */
const spellingsOf = (host: string) => [
  host,
  host.toUpperCase(),
  host.normalize('NFD'),
  fullWidth(host),
  asciiHostname(host) ?? '',
  (asciiHostname(host) ?? '').toUpperCase(),
];

const headers = () => ({ authorization: `Bearer ${owner.token}` });
const call = (
  transport: (typeof transports)[number],
  name: string,
  input: Record<string, unknown>,
  more = {},
) => callProcedure(app, transport, { name, input, headers: { ...headers(), ...more } });

describe('every spelling of one thing', () => {
  it('is one domain of a site, over both transports', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(label, async (first) => {
        count += 1;
        const host = `${first}.s${count}.example`;
        const domains = [
          ...spellingsOf(host),
          `${host}.`,
          `https://${host}/`,
          `HTTP://${host}:80`,
          ` ${host} `,
        ];
        const made = await call('rest', 'site.create', { name: 'First', domain: domains.at(count % 10) });
        expect([made.status, made.body.domain]).toEqual([201, asciiHostname(host)]);
        for (const domain of domains)
          for (const transport of transports) {
            const again = await call(transport, 'site.create', { name: 'Again', domain });
            expect([domain, transport, verdictOf(again)]).toEqual([domain, transport, '409 domain_taken']);
          }
        const changed = await call('trpc', 'site.update', { siteId: made.body.id, domain: domains.at(-2) });
        expect(changed.body.domain).toBe(asciiHostname(host));
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('is one person of an e-mail address, over both transports', async () => {
    const password = 'correct horse battery';
    let count = 0;
    await fc.assert(
      fc.asyncProperty(label, async (first) => {
        count += 1;
        const host = `${first}.e${count}.example`;
        const emails = spellingsOf(host).flatMap((one) => [`Ada@${one}`, `ａｄａ@${one}`]);
        const body = { password, accountName: 'A' };
        const made = await call('rest', 'registration.create', { ...body, email: emails.at(count % 6) });
        expect([made.status, made.body.user?.email]).toEqual([201, `ada@${asciiHostname(host)}`]);
        for (const [index, email] of emails.entries()) {
          const transport = transports[index % 2] ?? 'rest';
          const again = await call(transport, 'registration.create', { ...body, email });
          expect([email, verdictOf(again)]).toEqual([email, '409 email_taken']);
        }
        const session = await call('trpc', 'session.create', { email: emails.at(-1), password });
        expect(session.body.accounts).toMatchObject([{ id: made.body.account.id }]);
      }),
      { numRuns: 3 },
    );
  }, 120_000);

  it('is one invited address, and one sector of a site', async () => {
    const invited = [];
    for (const email of ['Eva@Bücher.example', 'eva@bu\u0308cher.example', 'eva@xn--bcher-kva.example'])
      invited.push((await call('rest', 'invitation.create', { email, role: 'viewer' })).body.email);
    expect(new Set(invited)).toEqual(new Set(['eva@xn--bcher-kva.example']));
    const { body } = await call('rest', 'invitation.list', {});
    expect(body.items.filter(({ status }: { status: string }) => status === 'open')).toHaveLength(1);
    const site = await call('rest', 'site.create', { name: 'A site' });
    const sector = (name: string) => call('trpc', 'sector.create', { siteId: site.body.id, name });
    expect((await sector('Cafe\u0301  Zürich')).body.name).toBe('Café Zürich');
    for (const name of ['Café Zürich', ' Café\u00a0Zu\u0308rich '])
      expect(verdictOf(await sector(name))).toBe('409 conflict');
  });

  it('is one account in the header, and one input of an Idempotency-Key', async () => {
    const named = { 'tenantry-account': owner.accountId.toUpperCase() };
    for (const transport of transports)
      expect((await call(transport, 'account.get', {}, named)).body.id).toBe(owner.accountId);
    const key = { 'idempotency-key': 'one-spelling' };
    const first = await call('rest', 'site.create', { name: 'Café', domain: 'BÜCHER.example' }, key);
    const again = await call(
      'trpc',
      'site.create',
      { name: 'Cafe\u0301', domain: 'xn--bcher-kva.example' },
      key,
    );
    expect([first.status, again.body]).toEqual([201, first.body]);
    const other = await call('rest', 'site.create', { name: 'Cafe', domain: 'bücher.example' }, key);
    expect(verdictOf(other)).toBe('422 idempotency_mismatch');
  });

  it('is one plan and one currency', async () => {
    const transfer = { planSlug: ' Growth ', payerName: 'A. Payer', amount: 8900, currency: 'usd' };
    const paid = await call('rest', 'payment.submitBankTransfer', transfer);
    expect([paid.status, paid.body.total, paid.body.invoice.planSlug]).toEqual([
      201,
      { amount: 8900, currency: 'USD' },
      'growth',
    ]);
  });
});
