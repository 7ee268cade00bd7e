import { createTenantryClient } from '@tenantry/client';
import type { TestApp } from '../../app.ts';
import type { RunningProxy } from '../../proxy.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

/** An account, and a client of it that reaches the API through a proxy. */
export interface ProxiedAccount {
  owner: Owner;
  tenantry: ReturnType<typeof createTenantryClient>;
  /** Reads a path below `/v1/credits`, past the proxy. */
  read(path: string): Promise<Record<string, unknown>>;
  /** The entries of the journal of a kind, newest first. */
  entries(kind: string): Promise<{ to: string; amount: number }[]>;
  /** The amount of each charge. */
  charges(): Promise<number[]>;
}

/** Registers an account with a thousand credits and opens its client. */
export async function openProxiedAccount(app: TestApp, proxy: RunningProxy): Promise<ProxiedAccount> {
  const owner = await registerOwner(app);
  const credential = await makeKey(app, owner, ['credit:spend', 'credit:read']);
  const read = async (path: string) =>
    (await app.rest('GET', `/v1/credits${path}`, { bearer: owner.token })).body;
  const entries = async (kind: string): Promise<{ to: string; amount: number }[]> =>
    (await read('/entries')).items.filter((entry: { kind: string }) => entry.kind === kind);
  return {
    owner,
    tenantry: createTenantryClient({ url: proxy.url, credential }),
    read,
    entries,
    charges: async () =>
      (await entries('settle')).filter(({ to }) => to === 'spent').map(({ amount }) => amount),
  };
}

/** What a call rejects with; undefined when it does not. */
export const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (fault: unknown) => fault,
  );
