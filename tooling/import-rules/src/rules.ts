/** Which modules of another package of ours may be imported: all, types alone, or the modules that are listed. */
export type Allowed = 'all' | 'types' | readonly string[];

/** What one package may use. The check refuses anything that is not named here. */
export interface PackageRules {
  /** Other packages of ours, by their folder: `packages/db`. */
  readonly own: Readonly<Record<string, Allowed>>;
  /** Packages of others; `node:*` stands for Node's own. */
  readonly external: readonly string[];
  /** Whether the package may import the ORM's entities (`@tenantry/db/<noun>/entity`). */
  readonly entities?: 'all' | 'types';
  /** What the package's code may not do. */
  readonly without: readonly Restriction[];
}

/** Something that code can do and that some packages may not do. */
export type Restriction =
  | 'async'
  | 'clock'
  | 'randomness'
  | 'environment'
  | 'raw_sql'
  | 'built_sql'
  | 'entity_manager'
  | 'orm_exits'
  | 'balance_arithmetic'
  | 'slow_pattern';

const noDatabase: readonly Restriction[] = ['raw_sql', 'entity_manager', 'orm_exits', 'balance_arithmetic'];
const inside: readonly Restriction[] = ['clock', 'environment', ...noDatabase];
const adapter: readonly Restriction[] = ['environment', ...noDatabase];
/** What runs in a browser: it knows the procedures of its app through the client alone. */
const web: readonly Restriction[] = ['environment', ...noDatabase];

/** Services may name an entity's type for now. Remove the line that uses this when they name contract types alone. */
const entityTypesInServices = { entities: 'types' } as const;

/** What an app needs of packages/db to compose a process. Queries run in services. */
const composition = [
  'orm',
  'ids',
  'pool',
  'transaction',
  'listen',
  'doctor',
  'migrate',
  'catalogue/apply',
  'igny8/source',
  'igny8/stage',
  'seed',
  'failpoint',
  'jobs',
  'ping',
] as const;

const domain = { 'packages/domain': 'all' } as const;
const appPackages: Readonly<Record<string, Allowed>> = {
  ...domain,
  'packages/ai': 'all',
  'packages/catalogue': 'all',
  'packages/client': 'all',
  'packages/config': 'all',
  'packages/contract': 'all',
  'packages/db': composition,
  'packages/files': 'all',
  'packages/invoice-pdf': 'all',
  'packages/gate': 'all',
  'packages/identity': 'all',
  'packages/ledger': 'all',
  'packages/mail': 'all',
  'packages/rest': 'all',
  'packages/services': 'all',
  'packages/statements': 'all',
  'packages/webhooks': 'all',
};
const app = (...external: readonly string[]): PackageRules => ({
  own: appPackages,
  external,
  without: inside,
});

/** Every package with what it may use. CONTRIBUTING.md shows the same table in words. */
export const packageRules: Readonly<Record<string, PackageRules>> = {
  'packages/domain': {
    own: {},
    external: [],
    without: ['async', 'clock', 'randomness', 'environment', 'raw_sql', 'entity_manager', 'orm_exits'],
  },
  'packages/contract': { own: domain, external: ['zod'], without: ['async', 'randomness', ...inside] },
  'packages/catalogue': {
    own: { ...domain, 'packages/contract': ['catalogue-file'] },
    external: ['node:*', 'yaml', 'zod'],
    without: ['async', 'randomness', ...inside],
  },
  'packages/statements': {
    own: domain,
    external: ['node:*', 'csv-parse', 'saxes'],
    without: ['randomness', ...inside],
  },
  'packages/db': {
    own: domain,
    external: [
      'node:*',
      '@mikro-orm/core',
      '@mikro-orm/postgresql',
      '@mikro-orm/migrations',
      'canonicalize',
      'nanoid',
      'pg',
      'pg-boss',
    ],
    entities: 'all',
    without: ['clock', 'environment', 'raw_sql', 'built_sql', 'balance_arithmetic'],
  },
  'packages/ledger': {
    own: { ...domain, 'packages/db': 'all' },
    external: ['node:*', 'pg'],
    entities: 'all',
    without: ['clock', 'environment', 'raw_sql', 'built_sql', 'orm_exits', 'balance_arithmetic'],
  },
  'packages/services': {
    own: { ...domain, 'packages/contract': 'types', 'packages/db': 'all', 'packages/ledger': 'all' },
    external: [],
    ...entityTypesInServices,
    without: inside,
  },
  'packages/gate': {
    own: {
      ...domain,
      'packages/contract': 'all',
      'packages/db': 'all',
      'packages/identity': 'all',
      'packages/ledger': 'all',
    },
    external: ['node:*', '@trpc/server', 'ioredis', 'ipaddr.js', 'lru-cache', 'rate-limiter-flexible'],
    without: inside,
  },
  'packages/rest': {
    own: {},
    external: [
      'node:*',
      '@fastify/cookie',
      '@fastify/multipart',
      '@fastify/static',
      '@scalar/fastify-api-reference',
      '@trpc/server',
      'fastify',
      'zod',
    ],
    without: inside,
  },
  'packages/identity': {
    own: domain,
    external: ['node:*', '@node-rs/argon2', 'jose', 'nanoid', 'otplib', 'p-limit'],
    without: [...adapter, 'clock'],
  },
  'packages/ai': {
    own: {},
    external: ['node:*', 'ai', '@ai-sdk/openai-compatible', 'zod'],
    without: adapter,
  },
  'packages/files': { own: {}, external: ['node:*', 'file-type'], without: adapter },
  'packages/invoice-pdf': {
    own: domain,
    external: ['node:*', 'bidi-js', 'fontkit', 'p-limit', 'pdfkit', 'qrcode'],
    without: adapter,
  },
  'packages/mail': { own: {}, external: ['node:*', 'nodemailer'], without: adapter },
  'packages/webhooks': { own: domain, external: ['node:*', 'ipaddr.js'], without: [...adapter, 'clock'] },
  'packages/config': { own: {}, external: ['zod'], without: ['clock', ...noDatabase] },
  'packages/client': {
    own: { 'packages/contract': 'types' },
    external: ['@trpc/client', '@trpc/server'],
    without: adapter,
  },
  'apps/api': app(
    '@trpc/server',
    'fastify',
    '@fastify/cookie',
    '@fastify/multipart',
    '@scalar/fastify-api-reference',
    'pino',
    'zod',
  ),
  'apps/admin': app(
    'node:*',
    '@trpc/server',
    'fastify',
    '@fastify/cookie',
    '@fastify/multipart',
    '@scalar/fastify-api-reference',
    'pino',
    'zod',
  ),
  'packages/ui': {
    own: { ...domain, 'packages/client': 'all' },
    external: ['@mantine/*', '@tabler/icons-react', '@tanstack/react-query', 'react'],
    without: web,
  },
  'apps/admin/web': {
    own: { ...domain, 'packages/client': 'all', 'packages/ui': 'all' },
    external: [
      '@mantine/*',
      '@tabler/icons-react',
      '@tanstack/*',
      '@trpc/tanstack-react-query',
      'react',
      'react-dom',
      'recharts',
      'zod',
    ],
    without: web,
  },
  'apps/worker': app('pino'),
  'apps/cli': app('node:*', 'commander'),
};

/** What no package may do. */
export const everywhere: readonly Restriction[] = ['slow_pattern'];
