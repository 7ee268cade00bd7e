import type { TenantTerms } from '@tenantry/gate/terms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type WorldCaller, openCallers } from '../../callers.ts';
import { type World, openWorld } from '../../fixture.ts';
import { enterState } from '../../gate-state.ts';
import { accountProcedures, callProcedure, transports } from '../../procedures.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { type GateCaller, type GateState, gateStates, gateVerdict } from '../../truth.ts';

let app: TestApp;
let world: World;
let service: string;
/** The callers whose credential can stand in a body; a cookie cannot. */
let callers: (WorldCaller & { who: GateCaller | 'stranger'; token: string })[];
beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'A world');
  service = (await insertServiceKey(app, { scopes: ['credential:verify'] })).secret;
  callers = (await openCallers(app, world)).flatMap((caller) => {
    const token = caller.headers['authorization']?.replace('Bearer ', '');
    if (token === undefined || caller.who === 'nobody') return [];
    return [{ ...caller, who: caller.who, token }];
  });
});
afterAll(() => app.close());

/** The terms of a procedure, as a verification asks for them. */
function askedTerms({ scope, person, role, feature, standing, reach, throttle, cost }: TenantTerms) {
  const asked = { person, role, feature, standing, reach, throttle: { scope: throttle, cost } };
  return { ...asked, ...(scope === 'any' ? {} : { scope }) };
}

/** What both ways must agree on: `ok`, or the status and the code of the refusal. */
const verdictOf = ({ valid, status, code }: { valid: boolean; status?: number; code?: string }) =>
  valid ? 'ok' : `${status} ${code}`;

/** What the verdict must be. A service key is the operator's, and no credential of a customer. */
function expectedVerdict(
  state: GateState,
  { who, credential }: (typeof callers)[number],
  terms: TenantTerms,
) {
  if (credential === 'service') return '401 unauthenticated';
  return who === 'stranger' ? '404 not_found' : (gateVerdict(state, who, terms) ?? 'ok');
}

describe('the verification of a credential', () => {
  it('gets the verdict of a direct call in every cell of the truth table, over both transports', async () => {
    const headers = { authorization: `Bearer ${service}` };
    const wrong: string[] = [];
    let cells = 0;
    // Each cell names the account in one of the two ways, and its neighbour in the other.
    const named = [
      { account: world.owner.accountId },
      { externalAccount: `external-${world.owner.accountId}` },
    ];
    for (const state of gateStates) {
      await enterState(app, world.owner.accountId, state);
      for (const caller of callers)
        for (const [index, { name, terms }] of accountProcedures.entries())
          for (const [side, transport] of transports.entries()) {
            const input = {
              credential: caller.token,
              ...named[(index + side) % 2],
              ...askedTerms(terms),
            };
            const { body } = await callProcedure(app, transport, {
              name: 'credential.verify',
              input,
              headers,
            });
            const expected = expectedVerdict(state, caller, terms);
            const answer = verdictOf(body);
            cells += 1;
            if (answer !== expected)
              wrong.push(`${state.name}, ${caller.who}, ${transport} ${name}: ${answer}, not ${expected}`);
          }
    }
    console.log(`truth table by verification: ${cells} attempted / ${wrong.length} violated`);
    expect(wrong).toEqual([]);
    expect(cells).toBe(gateStates.length * callers.length * accountProcedures.length * transports.length);
  }, 180_000);
});
