import { listSealedSecrets, replaceSealedSecrets } from '@tenantry/db/webhook/sealed';
import type { Identity } from '../ports.ts';
import type { OperatorEndpointChange } from './manage.ts';

/**
 * Seals the secrets of every endpoint, of accounts and of the operator, with the newest key, and answers how many endpoints
 * that changed. The older keys can be taken out of the settings afterwards.
 */
export function resealSecrets({
  commit,
  identity,
}: Pick<OperatorEndpointChange, 'commit'> & {
  identity: Pick<Identity, 'seal' | 'unseal'>;
}): Promise<number> {
  const sealedAnew = (sealed: string): string => {
    const { text, isOutdated } = identity.unseal(sealed);
    return isOutdated ? identity.seal(text) : sealed;
  };
  return commit(async (tx) => {
    let changed = 0;
    for (const endpoint of await listSealedSecrets(tx)) {
      const secret = sealedAnew(endpoint.secret);
      const previousSecret = endpoint.previousSecret === null ? null : sealedAnew(endpoint.previousSecret);
      if (secret === endpoint.secret && previousSecret === endpoint.previousSecret) continue;
      await replaceSealedSecrets(tx, endpoint, { secret, previousSecret });
      changed += 1;
    }
    return changed;
  });
}
