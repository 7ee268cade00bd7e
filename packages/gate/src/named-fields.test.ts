import { refuse } from '@tenantry/domain/refusals';
import { describe, expect, it } from 'vitest';
import { withNamedFields } from './named-fields.ts';

const pathsOf = (input: unknown) =>
  withNamedFields(refuse('not_found'), input).facts.errors?.map(({ path }) => path);

describe('the fields that a not_found names', () => {
  it('are those of the input whose values name something', () => {
    expect(pathsOf({ operation: 'write_contnet', prompt: 'x', metadata: {} })).toEqual(['operation']);
    expect(pathsOf({ siteId: 'a', sectorId: 'b', name: 'n' })).toEqual(['sectorId', 'siteId']);
    expect(pathsOf({ id: 'a', siteIds: [], externalPaymentId: 'x', externalId: 'y' })).toEqual([
      'id',
      'siteIds',
    ]);
  });

  it('are the same for every value and every order of the same fields', () => {
    const one = withNamedFields(refuse('not_found'), { siteId: 'mine', planSlug: 'p' });
    expect(withNamedFields(refuse('not_found'), { planSlug: 'q', siteId: null })).toEqual(one);
  });

  it.each([undefined, null, 'siteId', [], {}, { name: 'n' }])('are none of %j', (input) => {
    expect(withNamedFields(refuse('not_found'), input)).toEqual(refuse('not_found'));
  });

  it('are added to no other refusal, and to none that names its own', () => {
    const own = refuse('not_found', { errors: [{ path: 'a', message: 'm' }] });
    expect(withNamedFields(own, { siteId: 'a' })).toBe(own);
    expect(withNamedFields(refuse('conflict'), { siteId: 'a' })).toEqual(refuse('conflict'));
  });
});
