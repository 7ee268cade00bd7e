import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Random } from '../random.ts';
import { type Asked, type CallInfo, type Tenant, ask } from './attempt.ts';

/** An hour: no hold expires during a fault test. */
const ttlSeconds = 3600;

/** A client that calls its account until the server is gone, and keeps a log of its calls. */
export class Client {
  readonly log: Asked[] = [];
  readonly #tenant: Tenant;
  readonly #random: Random;

  constructor(tenant: Tenant, random: Random) {
    this.#tenant = tenant;
    this.#random = random;
  }

  /** Repeats each call with an unknown outcome and a key, under that key. */
  async retry(api: Caller): Promise<void> {
    for (const asked of this.log)
      if (asked.outcome === 'unknown' && asked.key !== undefined) await ask(api, asked);
  }

  /** Makes calls until an outcome is unknown, as when the server has died, or until `isOver`. */
  async work(api: Caller, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const chance = this.#random();
      const asked =
        chance < 0.2 ? await this.#site(api) : await (chance < 0.5 ? this.#run(api) : this.#hold(api));
      if (asked.outcome === 'unknown') return;
    }
  }

  #site(api: Caller): Promise<Asked> {
    return this.#ask(api, 'site', '/v1/sites', (name) => ({ name }));
  }

  #run(api: Caller): Promise<Asked> {
    const callInfo = this.#random() < 0.5 ? 'run' : 'stream';
    return this.#ask(api, callInfo, '/v1/operations/write_content/runs', (name) => ({
      prompt: `Write of ${name}.`,
      maxOutputTokens: 50,
      metadata: { name },
    }));
  }

  /** Holds, and then settles, releases or leaves the hold open. */
  async #hold(api: Caller): Promise<Asked> {
    const amount = 1 + Math.floor(this.#random() * 20);
    const held = await this.#ask(api, 'hold', '/v1/credits/holds', (name) => ({
      amount,
      ttlSeconds,
      metadata: { name },
    }));
    const chance = this.#random();
    if (held.outcome !== 'acknowledged' || chance < 0.15) return held;
    const [holdId, callInfo] = [String(held.answer['id']), chance < 0.65 ? 'settle' : 'release'] as const;
    const body = callInfo === 'settle' ? { amount: Math.floor(this.#random() * (amount + 1)) } : {};
    return this.#ask(api, callInfo, `/v1/credits/holds/${holdId}/${callInfo}`, () => body, holdId);
  }

  async #ask(
    api: Caller,
    callInfo: CallInfo,
    path: string,
    bodyOf: (name: string) => Record<string, unknown>,
    holdId?: string,
  ): Promise<Asked> {
    const name = `${callInfo}-${randomUUID()}`;
    const asked: Asked = {
      callInfo,
      tenant: this.#tenant,
      name,
      path,
      body: bodyOf(name),
      ...(holdId === undefined ? {} : { holdId }),
      key: this.#random() < 0.6 ? name : undefined,
      attempts: 0,
      outcome: 'unknown',
      answer: {},
    };
    this.log.push(asked);
    await ask(api, asked);
    return asked;
  }
}
