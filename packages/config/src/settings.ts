/** A process that reads settings. */
export type Reader = 'api' | 'admin' | 'worker' | 'cli';

/** One environment variable: who needs it, what it is, and what holds without it. */
export interface Setting {
  readonly name: string;
  readonly readers: readonly Reader[];
  /** What it is, in one sentence. */
  readonly meaning: string;
  /** What holds when it is not set; undefined when it must be set. */
  readonly fallback?: string;
  readonly secret?: boolean;
}

const servers = ['api', 'admin'] as const;
const processes = ['api', 'admin', 'worker'] as const;

/** Every setting of the house. `.env.example` and the table in `docs/operate.md` are made from it. */
export const settings: readonly Setting[] = [
  {
    name: 'MODE',
    readers: ['api', 'admin', 'worker', 'cli'],
    fallback: 'production',
    meaning: '`demo` allows what production refuses: demo secrets, seeding, no throttle.',
  },
  {
    name: 'MIGRATION_DATABASE_URL',
    readers: ['cli'],
    fallback: '',
    meaning:
      'PostgreSQL URL of the schema owner; `migrate`, `seed` and `system-account` need it, and no process does.',
  },
  { name: 'DATABASE_URL', readers: ['api', 'cli'], meaning: 'PostgreSQL URL of the role `tenantry_api`.' },
  {
    name: 'ADMIN_DATABASE_URL',
    readers: ['admin', 'cli'],
    meaning: 'PostgreSQL URL of the role `tenantry_admin`.',
  },
  {
    name: 'WORKER_DATABASE_URL',
    readers: ['worker', 'cli'],
    meaning: 'PostgreSQL URL of the role `tenantry_worker`.',
  },
  {
    name: 'LISTEN_DATABASE_URL',
    readers: ['api'],
    fallback: 'DATABASE_URL',
    meaning: 'As DATABASE_URL, but never through a transaction pooler.',
  },
  {
    name: 'DATABASE_POOL_MAX',
    readers: processes,
    fallback: '10',
    meaning: 'Connections to PostgreSQL that one process may hold.',
  },
  {
    name: 'REDIS_URL',
    readers: servers,
    fallback: '',
    meaning: 'Redis for the throttle; needed as soon as there is more than one API process.',
  },
  { name: 'API_HOST', readers: ['api'], fallback: '127.0.0.1', meaning: 'Address the API listens on.' },
  { name: 'API_PORT', readers: ['api'], fallback: '4000', meaning: 'Port the API listens on.' },
  {
    name: 'PUBLIC_URL',
    readers: ['api'],
    fallback: 'http://API_HOST:API_PORT',
    meaning: 'URL that browsers and integrators use for the API.',
  },
  {
    name: 'ADMIN_HOST',
    readers: ['admin'],
    fallback: '127.0.0.1',
    meaning: 'Address the admin app listens on.',
  },
  { name: 'ADMIN_PORT', readers: ['admin'], fallback: '4001', meaning: 'Port the admin app listens on.' },
  {
    name: 'ADMIN_PUBLIC_URL',
    readers: ['admin'],
    fallback: 'http://ADMIN_HOST:ADMIN_PORT',
    meaning: 'URL that staff use for the admin app.',
  },
  {
    name: 'ACCESS_TOKEN_SECRET',
    readers: ['api'],
    secret: true,
    meaning: 'Signs access tokens; at least 32 bytes.',
  },
  {
    name: 'API_KEY_PEPPER',
    readers: ['api', 'cli'],
    secret: true,
    meaning: 'Keys the digests of API keys; at least 32 bytes; changing it ends every key.',
  },
  {
    name: 'SECOND_FACTOR_KEYS',
    readers: ['api'],
    secret: true,
    meaning:
      'Seal the secrets of authenticator apps: `id:secret`, with commas between keys, 32 characters or more in a secret. The first seals, all unseal.',
  },
  {
    name: 'AI_BASE_URL',
    readers: ['api'],
    fallback: '',
    meaning: 'OpenAI-compatible endpoint, up to and including `/v1`.',
  },
  { name: 'AI_API_KEY', readers: ['api'], fallback: '', secret: true, meaning: 'Key for that endpoint.' },
  { name: 'AI_MODEL', readers: ['api'], fallback: 'default', meaning: 'Model that operations run on.' },
  {
    name: 'AI_DEADLINE_SECONDS',
    readers: ['api'],
    fallback: '120',
    meaning: 'The longest one call of the provider may take.',
  },
  {
    name: 'PORTAL_URL',
    readers: ['api'],
    fallback: 'PUBLIC_URL',
    meaning: 'Where the links in emails lead.',
  },
  {
    name: 'SMTP_URL',
    readers: ['api'],
    fallback: '',
    secret: true,
    meaning: 'Server that emails are sent by, `smtp://user:password@host:587`.',
  },
  {
    name: 'MAIL_FOLDER',
    readers: ['api'],
    fallback: '',
    meaning: 'Folder that emails are put into without SMTP_URL, for demos.',
  },
  {
    name: 'MAIL_FROM',
    readers: ['api'],
    fallback: 'Tenantry <no-reply@localhost>',
    meaning: 'Sender of emails.',
  },
  { name: 'FILES_FOLDER', readers: servers, meaning: 'Folder of uploaded proofs, outside any web root.' },
  {
    name: 'THROTTLE',
    readers: servers,
    fallback: 'on',
    meaning: '`off` lets every call pass; refused in production.',
  },
  {
    name: 'THROTTLE_STORE',
    readers: servers,
    fallback: 'process',
    meaning: '`postgres` lets several processes count together without Redis; REDIS_URL wins over it.',
  },
  {
    name: 'TRUSTED_PROXIES',
    readers: servers,
    fallback: '',
    meaning: 'Addresses or CIDR blocks, with commas, whose X-Forwarded-For is believed.',
  },
  {
    name: 'LOG_LEVEL',
    readers: processes,
    fallback: 'info',
    meaning: '`trace`, `debug`, `info`, `warn`, `error` or `fatal`.',
  },
  {
    name: 'FAILPOINT',
    readers: ['api', 'worker'],
    fallback: '',
    meaning: 'A drill, `name:count:kill` (or `throw`, `sleep`); refused in production.',
  },
];
