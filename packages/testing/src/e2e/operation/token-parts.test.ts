import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { perToken, writeOperations } from '../../operations.ts';
import { callProcedure, transports } from '../../procedures.ts';
import { type Owner, registerOwner } from '../../users.ts';

const forms = ['operation.run', 'operation.stream'] as const;
const ways = transports.flatMap((transport) => forms.map((form) => [form, transport] as const));

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  // Credits for 1,000 tokens: 2,000 of input, 1,000 of cached input, 5,000 of output.
  await writeOperations(app.database, [perToken('think', [2000, 1000, 5000])]);
});
afterAll(async () => {
  expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  await app.close();
});

it.each(ways)(
  '%s by %s charges cached and reasoning tokens at their rates, and explains it',
  async (form, transport) => {
    const text = 'Tea is warm.';
    app.provider.setAnswer({
      text,
      usage: {
        prompt_tokens: 10,
        completion_tokens: 4,
        total_tokens: 20,
        prompt_tokens_details: { cached_tokens: 8 },
        completion_tokens_details: { reasoning_tokens: 6 },
      },
    });
    const { body, status } = await callProcedure(app, transport, {
      name: form,
      input: { operation: 'think', prompt: 'Tell me of tea.', maxOutputTokens: 12 },
      headers: { authorization: `Bearer ${owner.token}` },
    });
    expect(status).toBe(200);
    const answer = form === 'operation.stream' ? body.events.at(-1) : body;
    // The total counts the reasoning beside the completion: 2 × 2 + 8 × 1 + 10 × 5.
    const tokens = { inputTokens: 10, cachedInputTokens: 8, outputTokens: 10, reasoningTokens: 6 };
    const usage = { ...tokens, source: 'reported' };
    expect(answer).toMatchObject({ usage, credits: { charged: 62 } });
    const read = async (path: string) =>
      (await app.rest('GET', `/v1/credits${path}`, { bearer: owner.token })).body;
    const { items } = await read('/entries?limit=100');
    const charge = items.find(
      (entry: { to: string; holdId: string }) => entry.to === 'spent' && entry.holdId === answer.runId,
    );
    expect(charge).toMatchObject({ amount: 62 });
    const explanation = await read(`/entries/${charge.id}/explanation`);
    expect(explanation).toMatchObject({
      usage,
      units: 20,
      price: { version: 1, creditsPerUnit: null, rates: { input: 2000, cachedInput: 1000, output: 5000 } },
    });
    expect(explanation.rule).toContain(
      '10 tokens in, 8 of them cached, 10 out, 6 of them reasoning, reported',
    );
  },
);
