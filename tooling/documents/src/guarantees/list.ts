import { credentials } from './credentials.ts';
import { credits } from './credits.ts';
import { databaseIsolation } from './database-isolation.ts';
import { figures } from './figures.ts';
import { files } from './files.ts';
import type { GuaranteeGroup } from './guarantee.ts';
import { identity } from './identity.ts';
import { objects } from './objects.ts';
import { operation } from './operation.ts';
import { ormIsolation } from './orm-isolation.ts';
import { payments } from './payments.ts';
import { product } from './product.ts';
import { queries } from './queries.ts';
import { rollout } from './rollout.ts';
import { sessions } from './sessions.ts';
import { throttle } from './throttle.ts';
import { transport } from './transport.ts';
import { webhooks } from './webhooks.ts';

/** Every group of guarantees, in the order of the page. */
export const guaranteeGroups: readonly GuaranteeGroup[] = [
  ormIsolation,
  databaseIsolation,
  queries,
  transport,
  throttle,
  credentials,
  sessions,
  objects,
  credits,
  payments,
  files,
  identity,
  product,
  rollout,
  webhooks,
  operation,
  figures,
];
