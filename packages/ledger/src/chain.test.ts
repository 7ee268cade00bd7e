import type { EntryFacts } from '@tenantry/domain/credit/books';
import { expect, it } from 'vitest';
import { chainHash } from './chain.ts';

const entry = {
  accountId: '0198f000-0000-7000-8000-000000000001',
  id: '0198f000-0000-7000-8000-000000000002',
  sequence: 3,
  at: new Date('2026-06-01T00:00:00Z'),
  kind: 'settle',
  from: 'held',
  to: 'spent',
  amount: 5,
  availableAfter: 90,
  holdId: '0198f000-0000-7000-8000-000000000003',
  grantId: null,
  operation: 'write_content',
  siteId: null,
  actor: 'key:a',
  requestId: 'r',
};
const hashOf = (facts: EntryFacts) => chainHash('ab', { ...entry, facts });
const grants = [{ grantId: 'g', amount: 5 }];
const price = { unit: 'token', unitSize: 100, creditsPerUnit: 1, creditsMin: 2 } as const;
const usage = { inputTokens: 200, outputTokens: 50, source: 'reported' } as const;

it.each([
  ['no facts', {}, 'cddaf82d379a0376bb19137022a1d78e7045fe3d9b4c3aa3270fc53a796b07b6'],
  ['its grants', { grants }, '02f1a6875dcf0503014fbd20d9f91a7404caf6e0d0cbd583b993a2e2bef38bde'],
  [
    'all facts of the first format',
    { grants, price, units: 250, usage },
    'a05b804512eef7b6fe129246808e446b35ed26881fc899259f2187db93646bb2',
  ],
])('hashes an entry with %s as it was hashed when it was written', (_what, facts, hash) => {
  expect(hashOf(facts)).toBe(hash);
});

it('covers every fact that was added to the format', () => {
  const addedFacts: EntryFacts[] = [
    {},
    { source: 'estimated' },
    { source: 'reported' },
    { reason: 'x' },
    { reference: 'x' },
    { reverses: 'x' },
    { price },
    { usage },
    { usage: { ...usage, cachedInputTokens: 0 } },
    { usage: { ...usage, cachedInputTokens: 1 } },
    { usage: { ...usage, reasoningTokens: 1 } },
    { price: { ...price, version: 1 } },
    { price: { ...price, version: 2 } },
    { price: { ...price, creditsPerUnit: null, version: 2 } },
    ...[
      [3, 2, 1],
      [3, 2, 2],
      [3, 1, 1],
      [2, 2, 1],
    ].map(([input = 0, cachedInput = 0, output = 0]) => ({
      price: { ...price, creditsPerUnit: null, version: 2, rates: { input, cachedInput, output } },
    })),
  ];
  const hashes = [...addedFacts, ...addedFacts.map((facts) => ({ ...facts, grants }))].map(hashOf);
  expect(new Set(hashes).size).toBe(hashes.length);
});
