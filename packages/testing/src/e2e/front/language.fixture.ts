import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { startProxy } from '../../proxy.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

const run = promisify(execFile);
const examples = resolve(import.meta.dirname, '../../../../../examples');

/** Tests the example of a language: every example does the same. */
export function testExample(language: string, command: string, extension: string): void {
  let app: TestApp;
  let owner: Owner;
  let key: string;
  let service: string;
  beforeAll(async () => {
    app = await openTestApp();
    owner = await registerOwner(app);
    key = await makeKey(app, owner, ['credit:spend']);
    service = (await insertServiceKey(app)).secret;
  });
  afterAll(() => app.close());

  const start = (...words: string[]) => startProgram('main', ...words);
  const startProgram = (program: string, ...words: string[]) =>
    run(command, [resolve(examples, language, `${program}.${extension}`), ...words]).then(
      ({ stdout }) => ({ code: 0, text: stdout.trim().split('\n') }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, text: stderr.trim().split('\n') }),
    );
  const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;

  describe(`the example in ${language}`, () => {
    it('charges work at its usage, and gives the rest back', async () => {
      expect(await start(app.url, key)).toEqual({
        code: 0,
        text: ['Tea is a drink.', '3 of 20 held credits were charged.'],
      });
      expect(await credits()).toMatchObject({ available: 997, held: 0, spent: 3 });
      expect(await start(app.url, key, '5000')).toEqual({
        code: 1,
        text: ['5000 credits are needed, 997 are left.'],
      });
    });

    it('charges once when an answer is lost', async () => {
      const proxy = await startProxy(app.url);
      proxy.setMode('cut_before_response', 2);
      const { spent } = await credits();
      expect((await start(proxy.url, key)).text.at(-1)).toBe('3 of 20 held credits were charged.');
      expect(proxy.met('cut_before_response')).toBe(2);
      await proxy.stop();
      expect(await credits()).toMatchObject({ held: 0, spent: spent + 3 });
    });

    it('verifies the key of a customer, holds in one call, and settles for the account', async () => {
      const before = await credits();
      expect(await startProgram('backend', app.url, service, key)).toEqual({
        code: 0,
        text: [
          expect.stringMatching(/^Account \d+ may spend 20 credits on the plan trial\.$/),
          '3 of 20 held credits were charged.',
        ],
      });
      expect(await credits()).toMatchObject({ held: 0, spent: before.spent + 3 });
    });

    it('tells a customer who is refused from a product that is', async () => {
      const before = await credits();
      for (const [words, text] of [
        [[service, key, '5000'], 'The customer is refused: 402 insufficient_credits.'],
        [[service, `${key}x`], 'The customer is refused: 401 unauthenticated.'],
        [[service, service], 'The customer is refused: 401 unauthenticated.'],
        [[key, key], 'The verification was refused: 403 scope_missing.'],
        [['tns_live_x', key], 'The verification was refused: 401 unauthenticated.'],
      ] as const)
        expect(await startProgram('backend', app.url, ...words)).toEqual({ code: 1, text: [text] });
      expect(await credits()).toEqual(before);
    });

    it('says why it is refused', async () => {
      expect(await start(app.url, 'tny_live_x')).toEqual({
        code: 1,
        text: ['The call was refused: 401 unauthenticated.'],
      });
    });
  });
}
