import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { perUnit, writeOperations } from '../../operations.ts';
import { unthrottle } from '../../plan.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, registerOwner } from '../../users.ts';

const template = 'CANARY-secret: translate into {{language}}: {{text}}';
const forms = ['operation.run', 'operation.stream'] as const;
const ways = transports.flatMap((transport) => forms.map((form) => [form, transport] as const));

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  await unthrottle(app, owner.accountId);
  const model = {
    ...perUnit('translate', 1),
    model: 'gpt-large',
    outputTokensDefault: 9,
    outputTokensMax: 10,
  };
  await writeOperations(app.database, [{ ...model, promptTemplate: template }]);
});
afterAll(async () => {
  expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  await app.close();
});

const call = (form: (typeof forms)[number], transport: (typeof transports)[number], input: object) =>
  callProcedure(app, transport, {
    name: form,
    input: { operation: 'translate', ...input },
    headers: { authorization: `Bearer ${owner.token}` },
  });

describe.each(ways)('%s by %s, of an operation with a prompt of its own', (form, transport) => {
  it('asks the model of the operation for its prompt, with the values as text', async () => {
    const text = '{{language}} $& </prompt> ${1}';
    const { status } = await call(form, transport, { variables: { language: 'Greek', text } });
    expect(status).toBe(200);
    expect(app.provider.bodies().at(-1)).toMatchObject({
      model: 'gpt-large',
      max_tokens: 9,
      messages: [{ role: 'user', content: `CANARY-secret: translate into Greek: ${text}` }],
    });
  });

  it.each([
    [
      'a prompt of the caller',
      { prompt: 'Something else', variables: { language: 'L', text: 'x' } },
      'prompt',
    ],
    ['a variable too few', { variables: { text: 'x' } }, 'variables.language'],
    ['no variables', {}, 'variables.language'],
    ['a variable too many', { variables: { language: 'L', text: 'x', tone: 'y' } }, 'variables.tone'],
    ['a value that is no text', { variables: { language: 'L', text: 7 } }, 'variables.text'],
    ['a value that cannot be stored', { variables: { language: 'L', text: '\0' } }, 'variables.text'],
    [
      'a name that is no variable',
      { variables: { language: 'L', text: 'x', '{{x}}': 'y' } },
      'variables.{{x}}',
    ],
    [
      'a name that every object has',
      { variables: { language: 'L', text: 'x', toString: 'y' } },
      'variables.toString',
    ],
    [
      'too many variables',
      { variables: Object.fromEntries(Array.from({ length: 51 }, (_none, n) => [`v${n}`, ''])) },
      'variables',
    ],
    [
      'more output than it allows',
      { variables: { language: 'L', text: 'x' }, maxOutputTokens: 11 },
      'maxOutputTokens',
    ],
    [
      'values that are too long together',
      { variables: { language: 'L', text: 'x'.repeat(99_999) } },
      'variables',
    ],
  ])('is refused for %s, and the provider is not asked', async (_what, input, path) => {
    const asked = app.provider.requestCount();
    const answer = await call(form, transport, input);
    expect(verdictOf(answer)).toBe('400 invalid_input');
    const body = JSON.stringify(answer.body);
    expect(body).toContain(`"path":"${path}"`);
    expect(body).not.toContain('CANARY');
    expect(app.provider.requestCount()).toBe(asked);
  });

  it('refuses variables to an operation without one, and a run that asks nothing', async () => {
    for (const input of [{ variables: { a: 'b' }, prompt: 'x' }, {}]) {
      const answer = await call(form, transport, { ...input, operation: 'write_content' });
      expect(verdictOf(answer)).toBe('400 invalid_input');
    }
  });
});

it('the price list names the variables of an operation and its model, and keeps its prompt', async () => {
  const { body } = await app.rest('GET', '/v1/operations', { bearer: owner.token });
  const listed = body.items.find(({ name }: { name: string }) => name === 'translate');
  expect(listed).toMatchObject({
    version: 1,
    variables: ['language', 'text'],
    model: 'gpt-large',
    outputTokensDefault: 9,
    outputTokensMax: 10,
  });
  expect(JSON.stringify(body)).not.toContain('CANARY');
});
