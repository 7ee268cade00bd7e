/** What one room of the house may use. Anything that is not named here is refused. */
export interface PackageRules {
  /** Other rooms, by their folder: `packages/db`. */
  readonly rooms: readonly string[];
  /** Packages of others; `node:*` stands for Node's own. */
  readonly packages: readonly string[];
  /** Syntax that the room does without, by the names in `banned`. */
  readonly without: readonly Ban[];
}

/** A thing that code may do, and that some rooms may not. */
export type Ban =
  | 'async'
  | 'clock'
  | 'environment'
  | 'sql'
  | 'built_sql'
  | 'orm_exits'
  | 'balance_arithmetic'
  | 'slow_pattern';

const outside: readonly Ban[] = ['clock', 'environment', 'sql', 'orm_exits', 'balance_arithmetic'];
const adapter: readonly Ban[] = ['environment', 'sql', 'orm_exits'];
const app: readonly Ban[] = ['environment', 'sql', 'orm_exits', 'balance_arithmetic', 'clock'];

const domain = 'packages/domain';
const db = 'packages/db';
const ledger = 'packages/ledger';
const appPackages = [
  domain,
  db,
  ledger,
  ...['ai', 'config', 'files', 'gate', 'identity', 'mail', 'payments', 'rest', 'services'].map(
    (name) => `packages/${name}`,
  ),
];

/** Every room with what it may use. Source: the table "who may import whom" in CONTRIBUTING.md. */
export const rooms: Readonly<Record<string, PackageRules>> = {
  'packages/domain': { rooms: [], packages: [], without: ['async', 'clock', 'environment', 'sql'] },
  'packages/db': {
    rooms: [domain],
    packages: [
      'node:*',
      '@mikro-orm/core',
      '@mikro-orm/postgresql',
      '@mikro-orm/migrations',
      'pg',
      'pg-boss',
    ],
    without: ['clock', 'environment', 'built_sql', 'balance_arithmetic'],
  },
  'packages/ledger': {
    rooms: [domain, db],
    packages: ['node:*', 'pg'],
    without: ['clock', 'environment', 'built_sql', 'balance_arithmetic'],
  },
  'packages/services': { rooms: [domain, db, ledger], packages: [], without: outside },
  'packages/gate': {
    rooms: [domain, db, 'packages/identity'],
    packages: ['node:*', '@trpc/server', 'rate-limiter-flexible', 'ioredis'],
    without: outside,
  },
  'packages/rest': {
    rooms: [],
    packages: ['node:*', '@trpc/server', 'fastify', '@fastify/cookie', 'zod'],
    without: outside,
  },
  'packages/identity': {
    rooms: [domain],
    packages: ['node:*', '@node-rs/argon2', 'jose', 'otplib'],
    without: [...adapter, 'clock'],
  },
  'packages/ai': {
    rooms: [],
    packages: ['node:*', 'ai', '@ai-sdk/openai-compatible', 'zod'],
    without: adapter,
  },
  'packages/files': { rooms: [], packages: ['node:*', 'file-type'], without: adapter },
  'packages/payments': { rooms: [domain], packages: ['node:*', 'stripe', 'zod'], without: adapter },
  'packages/mail': { rooms: [], packages: ['node:*', 'nodemailer'], without: adapter },
  'packages/config': { rooms: [], packages: ['zod'], without: ['clock', 'sql'] },
  'packages/client': {
    rooms: ['apps/api'],
    packages: ['@trpc/client', '@trpc/server'],
    without: ['environment', 'sql'],
  },
  'apps/api': {
    rooms: appPackages,
    packages: [
      '@trpc/server',
      'fastify',
      '@fastify/cookie',
      '@fastify/multipart',
      '@scalar/fastify-api-reference',
      'pino',
      'zod',
    ],
    without: app,
  },
  'apps/admin': { rooms: appPackages, packages: ['@trpc/server', 'fastify', 'pino', 'zod'], without: app },
  'apps/worker': { rooms: appPackages, packages: ['pino'], without: app },
  'apps/cli': { rooms: appPackages, packages: ['commander'], without: app },
};

/** What no room may do. */
export const everywhere: readonly Ban[] = ['slow_pattern'];

/** Files that a ban of their room does not bind, each with its reason. */
export const exceptions: Readonly<
  Record<string, { readonly may: readonly Ban[]; readonly because: string }>
> = {
  'apps/api/src/main.ts': { may: ['clock'], because: 'here the one clock is made' },
  'apps/admin/src/main.ts': { may: ['clock'], because: 'here the one clock is made' },
  'apps/worker/src/main.ts': { may: ['clock'], because: 'here the one clock is made' },
  'apps/cli/src/main.ts': { may: ['clock'], because: 'here the one clock is made' },
  'packages/db/src/migrate.ts': {
    may: ['built_sql'],
    because: 'roles and passwords are no parameters; both are escaped',
  },
  'packages/db/src/jobs.ts': {
    may: ['built_sql'],
    because: 'grants name a schema and roles, all constants of ours',
  },
  'packages/files/src/inspect-pdf.ts': {
    may: ['slow_pattern'],
    because: 'its patterns read at most 2 kB, or back off over the white space behind a name alone',
  },
  'packages/rest/src/procedures.ts': {
    may: ['slow_pattern'],
    because: 'it reads the paths of our own routes, once, at the start',
  },
  'packages/rest/src/routes.ts': {
    may: ['slow_pattern'],
    because: 'it reads the paths of our own routes, once, at the start',
  },
};
