import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { openWebhookTargets } from '@tenantry/webhooks/port';
import { signedHeaders } from '@tenantry/webhooks/sign';
import { describe, expect, it } from 'vitest';

/** The folder of the samples. */
export const examples = resolve(import.meta.dirname, '../../../../../examples/webhooks');

const { mintSecret } = openWebhookTargets(false);
const body = JSON.stringify({ type: 'invoice.issued', data: { name: 'Bücher “& Söhne”' } });
const id = '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e01';
const now = () => Math.floor(Date.now() / 1000);

/** Runs a sample for one webhook; answers its status, and what it printed. */
function run(
  [program = '', ...words]: string[],
  secret: string,
  headers: Record<string, string>,
  sent = body,
) {
  const {
    'webhook-id': given = '',
    'webhook-timestamp': at = '',
    'webhook-signature': signature = '',
  } = headers;
  const { status, stdout, stderr } = spawnSync(program, [...words, secret, given, at, signature], {
    cwd: examples,
    input: sent,
    encoding: 'utf8',
  });
  return [status, (status === 0 ? stdout : stderr).trim()];
}

/** Tests the sample that verifies a webhook in one language, by the command that runs it. */
export function testSample(language: string, command: string[]): void {
  describe(`the sample that verifies a webhook in ${language}`, () => {
    it('accepts what the relay signs, by either secret of a rotation', () => {
      const [secret, previous] = [mintSecret(), mintSecret()];
      const headers = signedHeaders({ id, timestamp: now(), body }, [secret, previous]);
      for (const one of [secret, previous]) expect(run(command, one, headers)).toEqual([0, 'invoice.issued']);
    });

    it('refuses another body, id, time, secret and version, and an old one', () => {
      const secret = mintSecret();
      const headers = signedHeaders({ id, timestamp: now(), body }, [secret]);
      const wrong = [1, expect.stringMatching(/signature is wrong/i)];
      expect(run(command, secret, headers, `${body} `)).toEqual(wrong);
      expect(run(command, secret, { ...headers, 'webhook-id': `${id}0` })).toEqual(wrong);
      expect(run(command, secret, { ...headers, 'webhook-timestamp': String(now() + 1) })).toEqual(wrong);
      expect(run(command, mintSecret(), headers)).toEqual(wrong);
      const other = headers['webhook-signature'].replace('v1,', 'v2,');
      expect(run(command, secret, { ...headers, 'webhook-signature': other })).toEqual(wrong);
      for (const seconds of [-310, 330]) {
        const old = signedHeaders({ id, timestamp: now() + seconds, body }, [secret]);
        expect(run(command, secret, old)).toEqual([1, expect.stringMatching(/too old, or from the future/)]);
      }
    });
  });
}
