import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { mintSecret, signedHeaders } from './sign.ts';

const body = '{"type":"credit.low_balance","data":{"name":"Bücher & “Söhne”"}}';
const timestamp = Math.floor(Date.now() / 1000);
const signed = { id: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e01', timestamp, body };

describe('a signature', () => {
  it('is accepted by the reference verifier of Standard Webhooks', () => {
    const secret = mintSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(new Webhook(secret).verify(body, signedHeaders(signed, [secret]))).toEqual(JSON.parse(body));
  });

  it('is by both secrets during the overlap of a rotation, and each verifies', () => {
    const [next, previous] = [mintSecret(), mintSecret()];
    const headers = signedHeaders(signed, [next, previous]);
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    for (const secret of [next, previous]) new Webhook(secret).verify(body, headers);
    expect(() => new Webhook(mintSecret()).verify(body, headers)).toThrow();
  });

  it.each([
    ['body', { ...signed, body: body.replace('low', 'Low') }],
    ['id', { ...signed, id: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e02' }],
    ['time', { ...signed, timestamp: timestamp + 1 }],
  ])('covers the %s', (_part, changed) => {
    const secret = mintSecret();
    const headers = signedHeaders(signed, [secret]);
    const { 'webhook-id': id, 'webhook-timestamp': at } = signedHeaders(changed, [secret]);
    const moved = { ...headers, 'webhook-id': id, 'webhook-timestamp': at };
    expect(() => new Webhook(secret).verify(changed.body, moved)).toThrow();
  });

  it('gives no two endpoints one secret', () => {
    expect(new Set(Array.from({ length: 100 }, mintSecret)).size).toBe(100);
  });
});
