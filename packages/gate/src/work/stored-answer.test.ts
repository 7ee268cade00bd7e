import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOf } from '../gate.fixture.ts';
import { refusalIfHidden, sitedAnswer, storedText } from './stored-answer.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe('an answer as text', () => {
  it.each([
    ['a field of the answer', { secret: 'x', id: 1 }, ['secret'], { secret: null, id: 1 }],
    ['a field below it', { key: { secret: 'x', id: 1 } }, ['key.secret'], { key: { secret: null, id: 1 } }],
    ['a list', { codes: ['x', 'y'] }, ['codes'], { codes: null }],
    ['no label of a caller', { metadata: { secret: 'tea' } }, ['secret'], { metadata: { secret: 'tea' } }],
    ['no field that is not there', { id: 1 }, ['secret', 'id.secret'], { id: 1 }],
    ['no inherited name', { id: 1 }, ['toString', 'constructor.name'], { id: 1 }],
  ])('has null in %s', (_what, answer, secrets, stored) => {
    expect(JSON.parse(storedText(answer, secrets))).toEqual(stored);
  });
});

describe('the sites of a stored answer', () => {
  const call = (sites?: readonly string[], refusals?: readonly ['site_forbidden']) => ({
    ...contextOf(app, 'no token'),
    callInfo: {
      actor: { kind: 'anonymous' } as const,
      requestId: 'test',
      now: new Date(0),
      ...(sites === undefined ? {} : { sites }),
    },
    terms: { throttle: 'default' as const, ...(refusals === undefined ? {} : { refusals }) },
  });

  it.each([
    ['the site that the answer names', undefined, {}, { siteId: 'a' }, ['a']],
    ['the site that the input names', undefined, { siteId: 'a' }, {}, ['a']],
    ['those that its caller is limited to', ['a', 'b'], {}, { id: 'c' }, ['a', 'b']],
    ['every site, of a caller without limits', undefined, {}, { siteId: null }, null],
    ['no site that a label names', undefined, { metadata: { siteId: 'a' } }, {}, null],
  ])('are %s', (_what, limits, input, answer, sites) => {
    expect(sitedAnswer(call(limits), input, answer).sites).toEqual(sites);
  });

  it.each([
    ['a caller without limits', undefined, null, undefined],
    ['a caller of that site', ['a', 'b'], ['a'], undefined],
    ['a caller of other sites', ['b'], ['a'], 'not_found'],
    ['a caller of some of the sites', ['a'], ['a', 'b'], 'not_found'],
    ['a caller of one site, when all are needed', ['a'], null, 'not_found'],
  ])('decide for %s', (_who, limits, sites, refused) => {
    expect(refusalIfHidden(call(limits), { replay: '{}', sites })?.refused).toBe(refused);
  });

  it('ask a limited caller for a site where the call itself does', () => {
    expect(refusalIfHidden(call(['a'], ['site_forbidden']), { replay: '{}', sites: null })?.refused).toBe(
      'site_forbidden',
    );
  });
});
