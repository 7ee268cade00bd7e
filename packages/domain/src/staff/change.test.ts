import { describe, expect, it } from 'vitest';
import { refusalIfStaffChange } from './change.ts';

const admin = { id: 'a', role: 'platform_admin', isDisabled: false } as const;
const support = { id: 's', role: 'support', isDisabled: false } as const;
const removes = { keepsAdmin: false };

describe('a change of staff', () => {
  it('is refused to whom it would change', () => {
    const facts = { byId: 'a', member: admin, platformAdminIds: ['a', 'b'] };
    expect(refusalIfStaffChange(facts, removes)).toMatchObject({ refused: 'role_forbids' });
    expect(refusalIfStaffChange(facts, { keepsAdmin: true })).toMatchObject({ refused: 'role_forbids' });
  });

  it('never takes the last platform admin away', () => {
    const facts = { byId: 's', member: admin, platformAdminIds: ['a'] };
    expect(refusalIfStaffChange(facts, removes)).toMatchObject({ refused: 'last_platform_admin' });
    expect(refusalIfStaffChange(facts, { keepsAdmin: true })).toBeUndefined();
    expect(refusalIfStaffChange({ ...facts, platformAdminIds: ['a', 'b'] }, removes)).toBeUndefined();
  });

  it('is free for the owner of the schema, who can add another', () => {
    const facts = { byId: undefined, member: admin, platformAdminIds: ['a'] };
    expect(refusalIfStaffChange(facts, removes)).toBeUndefined();
  });

  it('is free for everybody else, also where there is one platform admin', () => {
    const facts = { byId: 'a', member: support, platformAdminIds: ['a'] };
    expect(refusalIfStaffChange(facts, removes)).toBeUndefined();
  });
});
