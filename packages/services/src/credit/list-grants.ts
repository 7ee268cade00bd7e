import { listGrants as findGrants } from '@tenantry/ledger/read/grants';
import type { PageInput } from '@tenantry/contract/page';
import type { Context } from '../context.ts';

/** What the account was granted, newest first, with what is left of it. */
export async function listGrants({ tx }: Context, input: PageInput) {
  const page = await findGrants(tx, input);
  const items = page.items.map(
    ({ id, kind, amount, available, held, expiresAt = null, reference, createdAt }) => {
      const isOver = expiresAt !== null && expiresAt <= tx.now;
      return { id, kind, amount, available: isOver ? 0 : available, held, expiresAt, reference, createdAt };
    },
  );
  return { ...page, items };
}
