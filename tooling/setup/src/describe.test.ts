import { expect, it } from 'vitest';
import { describe } from './describe.ts';

const demo = {
  login: { email: 'o@x.example', password: 'p' },
  staff: [{ email: 'f@x.example', password: 'p', role: 'finance' }],
  apiKey: 'tny_live_x',
};
const printed = (operation?: string) =>
  describe('http://a', 'http://b', operation === undefined ? demo : { ...demo, operation }, true, 's.env');

it('the start prints a call of an operation that is sold', () => {
  expect(printed('write_report')).toContain('curl -s http://a/v1/operations/write_report/runs -H');
});

it('the start prints no call where no operation can be run, and what comes next', () => {
  expect(printed()).not.toContain('curl');
  expect(printed()).toMatch(
    / {2}npx tenantry --settings s\.env sql\n\nPut your own product on it: README\.md/,
  );
});
