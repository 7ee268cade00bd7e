import { describe, expect, it } from 'vitest';
import { noFailpoint, openFailpoint } from './failpoint.ts';

describe('a failpoint', () => {
  it('throws once, at the configured pass', () => {
    const pass = openFailpoint({ name: 'hold_written', nth: 2, action: 'throw' });
    expect(pass('hold_written')).toBeUndefined();
    expect(pass('hold_committed')).toBeUndefined();
    expect(() => pass('hold_written')).toThrow('hold_written');
    expect(pass('hold_written')).toBeUndefined();
  });

  it('delays a pass by a second', async () => {
    const pass = openFailpoint({ name: 'ledger_locked', nth: 1, action: 'sleep' });
    const began = performance.now();
    await pass('ledger_locked');
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it('does nothing when no failpoint is configured', () => {
    expect(openFailpoint(undefined)).toBe(noFailpoint);
  });

  it('refuses an unknown name', () => {
    const open = () => openFailpoint({ name: 'hold_writen', nth: 1, action: 'kill' });
    expect(open).toThrow('FAILPOINT names no point: hold_writen');
  });
});
