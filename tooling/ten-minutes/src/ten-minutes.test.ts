import { tmpdir } from 'node:os';
import { readdirSync } from 'node:fs';
import { clone } from '@tenantry/source/files';
import { describe, expect, it } from 'vitest';
import { commandWith, sampleWith, withInstead } from './page.ts';
import { runInShell, shellEnvironment } from './place.ts';
import { type PlayedStep, playSteps } from './play.ts';
import { playTenMinutes } from './steps.ts';
import { rowOf, totalRow } from './table.ts';

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('tenantry-ten-minutes-'));

describe('the ten minutes of the README', () => {
  it('put a product behind Tenantry, whose customers are let in and refused as the page says (M22)', async () => {
    const before = folders();
    const reported: PlayedStep[] = [];
    const played = await playTenMinutes((step) => reported.push(step));
    expect(played.filter(({ isRight }) => !isRight)).toEqual([]);
    expect(played.map(({ shown }) => shown.split(/[ _]/)[0])).toEqual([
      'Tenantry',
      '14',
      'Service',
      'packed:',
      'added',
      'It',
      'tny',
      '200',
      '200',
      '402',
      '401',
      '402',
      '429',
      '10',
    ]);
    expect(reported).toEqual(played);
    expect(played.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(600);
    expect(folders()).toEqual(before);
  }, 240_000);

  it('end at the first step that does something else than the page says', async () => {
    const steps = [
      { name: 'one', play: async () => 'right', expected: /^right$/ },
      { name: 'two', play: async () => Promise.reject(new Error('it broke')), expected: /^right$/ },
      { name: 'three', play: async () => 'right', expected: /^right$/ },
    ];
    const played = await playSteps(steps, undefined, () => undefined);
    expect(played.map(({ name, shown, isRight }) => [name, shown, isRight])).toEqual([
      ['one', 'right', true],
      ['two', 'Error: it broke', false],
    ]);
  });
});

describe('a sample of the page', () => {
  it('is played with other words only in the place of words that it has', () => {
    expect(withInstead(commandWith('node server.ts'), { 'tns_live_…': 'x' })).toBe(
      'TENANTRY_SERVICE_KEY=x node server.ts',
    );
    expect(() => withInstead(commandWith('node server.ts'), { 'port: 3000': 'port: 1' })).toThrow(
      'port: 3000 does not stand in the sample',
    );
    expect(() => sampleWith('ts', 'a sentence that nobody wrote')).toThrow('the README shows no ts with');
  });

  it('is run in a shell as a new one is, and fails with what it printed', async () => {
    expect(Object.keys(shellEnvironment()).filter((name) => name.startsWith('npm_'))).toEqual([]);
    await expect(runInShell('echo out; echo wrong >&2; exit 3', clone)).rejects.toThrow('out\nwrong');
  });
});

describe('the table', () => {
  const step = { name: 'A report', seconds: 1.25, shown: '200 A report for Acme.', isRight: true };

  it('has a row for each step, and the time of all', () => {
    expect(rowOf(step, 7)).toBe(
      '   7 A report                                 1.3 s   200 A report for Acme.',
    );
    expect(totalRow([step, step])).toBe('     All of it                                2.5 s');
  });

  it('cuts what a step showed, and shows the whole of what is not as the page says', () => {
    const long = { ...step, shown: 'x'.repeat(200) };
    expect(rowOf(long, 1).endsWith('xx…')).toBe(true);
    expect(rowOf({ ...long, isRight: false }, 1)).toMatch(
      /^ +✗ A report .+ not as the page says:\n\nx{200}$/,
    );
  });
});
