import { setTimeout } from 'node:timers/promises';
import { readWebhookEndpointConfig } from '@tenantry/config/cli';
import { currentEnvironment, runCommand } from '@tenantry/config/process';
import {
  createWebhookEndpointInput,
  rotateWebhookSecretInput,
  webhookEndpointInput,
} from '@tenantry/contract/webhook-endpoint';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type CallInfo, openDatabase } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { type Vault, openVault } from '@tenantry/identity/vault';
import {
  type OperatorEndpointChange,
  createOperatorEndpoint,
  deleteOperatorEndpoint,
  listOperatorEndpoints,
  rotateOperatorSecret,
  switchOperatorEndpoint,
} from '@tenantry/services/operator-endpoint/manage';
import { resealSecrets } from '@tenantry/services/operator-endpoint/reseal';
import { listOperatorTests, sendOperatorTest } from '@tenantry/services/operator-endpoint/send-test';
import { commitByCommand } from '@tenantry/services/service-key/commit';
import { openWebhookTargets } from '@tenantry/webhooks/port';
import type { Command } from 'commander';
import { parsed } from './parsed.ts';

type Clock = () => Date;

const absent = 'there is no such webhook endpoint';

/** Runs a change of the operator's endpoints as the owner of the schema, with its security event. */
async function asOwner<T>(
  clock: Clock,
  action: string,
  work: (context: OperatorEndpointChange & { identity: Vault }) => Promise<T>,
): Promise<T> {
  const { ownerUrl, secondFactorKeys, webhooksAllowLoopback } = readWebhookEndpointConfig(
    currentEnvironment(),
  );
  const database = openDatabase(await openOrm(ownerUrl, 1));
  const actor = { kind: 'system', job: 'cli' } as const;
  const call: CallInfo = { actor, requestId: newId(), now: clock() };
  const ports = {
    identity: openVault(secondFactorKeys),
    webhookTargets: openWebhookTargets(webhooksAllowLoopback),
  };
  try {
    return await work({ ...call, ...ports, commit: commitByCommand(database, call, action) });
  } finally {
    await database.close();
  }
}

const shownOnce = ({ id, secret }: { id: string; secret: string }) =>
  `Secret  ${secret}\nId      ${id}\nThe secret is shown only now. \`tenantry webhook-endpoint rotate ${id}\` makes another.`;

async function create(
  clock: Clock,
  url: string,
  options: { description?: string; events?: string[] },
): Promise<string> {
  const input = parsed(createWebhookEndpointInput, { url, ...options });
  const made = await asOwner(clock, 'webhookEndpoint.create', (context) =>
    createOperatorEndpoint(context, input),
  );
  if (isRefusal(made)) throw new Error(`the URL ${made.facts.errors?.[0]?.message ?? 'cannot be used'}`);
  return shownOnce(made);
}

async function list(clock: Clock): Promise<string> {
  const { ownerUrl } = readWebhookEndpointConfig(currentEnvironment());
  const database = openDatabase(await openOrm(ownerUrl, 1));
  try {
    const endpoints = await database.withoutAccount.read({}, (tx) => listOperatorEndpoints(tx, clock()));
    if (endpoints.length === 0)
      return 'There is no webhook endpoint. `tenantry webhook-endpoint create URL` makes one.';
    return endpoints
      .map(({ id, url, events, enabled, disabledReason, failingSince }) => {
        const state = enabled ? 'enabled' : `disabled (${disabledReason ?? ''})`;
        const failing = failingSince === null ? '' : `failing since ${failingSince.toISOString()}`;
        return [id, url, events.length === 0 ? 'all events' : events.join(','), state, failing]
          .join('\t')
          .trimEnd();
      })
      .join('\n');
  } finally {
    await database.close();
  }
}

async function rotate(clock: Clock, endpointId: string, overlap: string): Promise<string> {
  const input = parsed(rotateWebhookSecretInput, { endpointId, overlapSeconds: Number(overlap) });
  const made = await asOwner(clock, 'webhookEndpoint.rotate', (context) =>
    rotateOperatorSecret(context, input),
  );
  if (isRefusal(made)) throw new Error(absent);
  return shownOnce(made);
}

async function change(clock: Clock, verb: 'enable' | 'disable' | 'delete', given: string): Promise<string> {
  const { endpointId } = parsed(webhookEndpointInput, { endpointId: given });
  const done = await asOwner(clock, `webhookEndpoint.${verb}`, (context) =>
    verb === 'delete'
      ? deleteOperatorEndpoint(context, { endpointId })
      : switchOperatorEndpoint(context, { endpointId, enabled: verb === 'enable' }),
  );
  if (isRefusal(done)) throw new Error(absent);
  return `${endpointId} is ${verb}d.`;
}

/** How long a command waits for what comes of a test. */
const patienceMilliseconds = 20_000;

async function test(clock: Clock, given: string): Promise<string> {
  const { endpointId } = parsed(webhookEndpointInput, { endpointId: given });
  const asked = await asOwner(clock, 'webhookEndpoint.sendTest', (context) =>
    sendOperatorTest(context, { endpointId }),
  );
  if (isRefusal(asked)) throw new Error(asked.refused === 'conflict' ? disabled(endpointId) : absent);
  const done = await testResult(endpointId, asked.id);
  if (done === undefined)
    throw new Error(`The test ${asked.id} waits. Is a worker running? It sends the test when it does.`);
  const { outcome, status, durationMilliseconds, answer } = done;
  const said = [outcome, status, `${durationMilliseconds} ms`, answer].filter((part) => part !== null);
  if (outcome !== 'delivered') throw new Error(`The test ${asked.id} failed: ${said.join(', ')}.`);
  return `The test ${asked.id} was ${said.join(', ')}.`;
}

const disabled = (endpointId: string) =>
  `the webhook endpoint is disabled; \`tenantry webhook-endpoint enable ${endpointId}\` enables it`;

/** What came of a test, or undefined when no worker has sent it in time. */
async function testResult(endpointId: string, testId: string) {
  const { ownerUrl } = readWebhookEndpointConfig(currentEnvironment());
  const database = openDatabase(await openOrm(ownerUrl, 1));
  try {
    for (const until = performance.now() + patienceMilliseconds; performance.now() < until; ) {
      const tests = await database.withoutAccount.read({}, (tx) => listOperatorTests(tx, { endpointId }));
      const done = tests.find(({ id, finishedAt }) => id === testId && finishedAt !== null);
      if (done !== undefined) return done;
      await setTimeout(250);
    }
    return undefined;
  } finally {
    await database.close();
  }
}

async function reseal(clock: Clock): Promise<string> {
  const changed = await asOwner(clock, 'webhookEndpoint.reseal', resealSecrets);
  return `The secrets of ${changed} endpoints were sealed with the newest key.`;
}

/** Adds the commands on the operator's own webhook endpoints, which get the messages of every account. */
export function addWebhookEndpointCommands(program: Command, clock: Clock): void {
  const endpoints = program
    .command('webhook-endpoint')
    .description('your own webhook endpoints, which get the messages of every account');
  const print = (work: () => Promise<string>) => runCommand(async () => console.log(await work()));
  endpoints
    .command('create')
    .description('make an endpoint, and show its secret once')
    .argument('<url>')
    .option('--description <text>', 'what it is for')
    .option('--events <type...>', 'the types that it gets; all without it')
    .action((url: string, options: { description?: string; events?: string[] }) =>
      print(() => create(clock, url, options)),
    );
  endpoints
    .command('list')
    .description('list the endpoints and how they fare')
    .action(() => print(() => list(clock)));
  endpoints
    .command('rotate')
    .description('replace the secret of an endpoint, and show it once')
    .argument('<id>')
    .option('--overlap <seconds>', 'for how long the old secret signs too', '86400')
    .action((id: string, { overlap }: { overlap: string }) => print(() => rotate(clock, id, overlap)));
  endpoints
    .command('test')
    .description('have the worker send a test to an endpoint, and say what it answered')
    .argument('<id>')
    .action((id: string) => print(() => test(clock, id)));
  endpoints
    .command('reseal')
    .description(
      'encrypt the secrets of every endpoint, those of accounts too, with the first of SECOND_FACTOR_KEYS',
    )
    .action(() => print(() => reseal(clock)));
  for (const [verb, meaning] of [
    ['enable', 'send to an endpoint again'],
    ['disable', 'send nothing more to an endpoint'],
    ['delete', 'delete an endpoint'],
  ] as const)
    endpoints
      .command(verb)
      .description(meaning)
      .argument('<id>')
      .action((id: string) => print(() => change(clock, verb, id)));
}
