import { describe, expect, it } from 'vitest';
import { defaultThrottleRates } from '../plans.ts';
import type { Catalogue, CataloguePlan } from './catalogue.ts';
import { catalogueChanges } from './changes.ts';
import { faultsOfCatalogue } from './faults.ts';
import { gapsOfCatalogue } from './gaps.ts';

const trial: CataloguePlan = {
  name: 'Trial',
  state: 'listed',
  internal: false,
  price: { amount: 0, currency: 'USD' },
  cycle: 'monthly',
  credits: 10,
  rolloverCreditsMax: 0,
  purchaseDays: null,
  trialDays: 14,
  graceDays: 7,
  features: ['sites', 'operations'],
  limits: { users: 1, sites: 1, sectorsPerSite: 1, apiKeys: 1 },
  throttle: defaultThrottleRates,
};
const answer = {
  kind: 'text',
  unit: 'token',
  unitSize: 1000,
  rate: 1,
  rates: null,
  minimum: 1,
  outputTokensDefault: 500,
  outputTokensMax: 1000,
  model: null,
  promptTemplate: null,
  variables: null,
} as const;
const whole: Catalogue = {
  features: {},
  limits: {},
  plans: { trial },
  operations: { answer },
  packages: {},
  issuer: null,
};

describe('what a catalogue makes impossible', () => {
  it('is nothing for one that is whole', () => {
    expect(gapsOfCatalogue(whole)).toEqual([]);
    expect(faultsOfCatalogue(whole)).toEqual([]);
  });

  it.each<[string, Partial<Catalogue>]>([
    ['Nobody can register', { plans: {} }],
    ['Nobody can register', { plans: { trial: { ...trial, state: 'unlisted' } } }],
    ['no plan trial is listed', { plans: { other: trial } }],
    ['ends when it begins', { plans: { trial: { ...trial, trialDays: 0 } } }],
    ['No credits can be spent', { operations: {} }],
    ['has the feature operations', { plans: { trial: { ...trial, features: ['sites'] } } }],
    ['pays for no operation', { operations: { answer: { ...answer, minimum: 11 } } }],
    ['Nobody can have the feature exports', { features: { exports: 'Files' } }],
    ['The limit projects limits nobody', { limits: { projects: 'Projects' } }],
    [
      'The promptTemplate of answer is never used',
      { operations: { answer: { ...answer, unit: 'page', promptTemplate: 'Scan.', variables: [] } } },
    ],
    [
      'No bank transfer in EUR',
      { plans: { trial, paid: { ...trial, price: { amount: 1, currency: 'EUR' } } } },
    ],
  ])('is said: %s', (sentence, change) => {
    expect(gapsOfCatalogue({ ...whole, ...change })).toEqual([expect.stringContaining(sentence)]);
  });
});

describe('what a catalogue changes', () => {
  it('is nothing where only the order of the features differs', () => {
    const wanted = { ...whole, plans: { trial: { ...trial, features: trial.features.toReversed() } } };
    expect(catalogueChanges(whole, wanted)).toEqual([]);
  });

  it('is the state alone where nothing else of a plan differs', () => {
    const wanted = { ...whole, plans: { trial: { ...trial, state: 'withdrawn' as const } } };
    expect(catalogueChanges(whole, wanted)).toMatchObject([
      { change: 'state', details: ['listed → withdrawn'] },
    ]);
  });

  it('is a version for each field of a plan that differs', () => {
    const wanted = {
      ...whole,
      plans: { trial: { ...trial, limits: { ...trial.limits, users: 2 }, credits: 0 } },
    };
    expect(catalogueChanges(whole, wanted)).toMatchObject([
      { change: 'version', details: ['credits: 10 → 0', 'limits.users: 1 → 2'] },
    ]);
  });
});
