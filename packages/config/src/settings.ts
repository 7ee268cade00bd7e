/** A process that reads settings. */
export type Reader = 'api' | 'admin' | 'worker' | 'cli';

/** One environment variable: the processes that read it, its meaning and its default. */
export interface Setting {
  readonly name: string;
  readonly readers: readonly Reader[];
  /** Its meaning in one sentence. */
  readonly meaning: string;
  /** Its default; undefined when it must be set. */
  readonly fallback?: string;
  readonly secret?: boolean;
}

const servers = ['api', 'admin'] as const;
const processes = ['api', 'admin', 'worker'] as const;
/** Those that send emails, with links to the portal. */
const senders = ['api', 'worker'] as const;

/** Every setting of the apps. `.env.example` and the table in `docs/operate.md` are generated from it. */
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
      'PostgreSQL URL of the schema owner. Commands that write schema, staff or the system flag need it, and no server.',
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
    meaning: 'PostgreSQL URL for LISTEN, with the role of DATABASE_URL and without a transaction pooler.',
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
    meaning: 'URL of Redis for rate limits; several API processes need it, or THROTTLE_STORE=postgres.',
  },
  { name: 'API_HOST', readers: senders, fallback: '127.0.0.1', meaning: 'Address the API listens on.' },
  { name: 'API_PORT', readers: senders, fallback: '4000', meaning: 'Port the API listens on.' },
  {
    name: 'PUBLIC_URL',
    readers: senders,
    fallback: 'http://API_HOST:API_PORT',
    meaning: 'URL that browsers and integrators use for the API.',
  },
  {
    name: 'ALLOWED_ORIGINS',
    readers: ['api'],
    fallback: '',
    meaning:
      'Origins besides PUBLIC_URL whose pages may call the API, `https://app.example.com`, with commas.',
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
    readers: ['api', 'admin', 'cli'],
    secret: true,
    meaning:
      'Secret of the digests of API keys and service keys; at least 32 bytes. Every process needs the same one, and a change makes every key invalid.',
  },
  {
    name: 'SECOND_FACTOR_KEYS',
    readers: ['api', 'admin', 'worker', 'cli'],
    secret: true,
    meaning:
      'Keys that encrypt the secrets of authenticator apps and of webhook endpoints: `id:secret`, with commas between keys and at least 32 characters in each secret. The first encrypts, and each of them decrypts.',
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
    meaning:
      'Seconds that one call of the provider may take, from 1 to 240. The timeouts of the server follow from it.',
  },
  {
    name: 'PORTAL_URL',
    readers: senders,
    fallback: 'PUBLIC_URL',
    meaning: 'Base URL of the links in emails.',
  },
  {
    name: 'SMTP_URL',
    readers: senders,
    fallback: '',
    secret: true,
    meaning: 'Server that sends emails, `smtp://user:password@host:587`.',
  },
  {
    name: 'MAIL_FOLDER',
    readers: senders,
    fallback: '',
    meaning: 'Folder that emails are written to without SMTP_URL, for demos.',
  },
  {
    name: 'MAIL_FROM',
    readers: senders,
    fallback: 'Tenantry <no-reply@localhost>',
    meaning: 'Sender of emails.',
  },
  {
    name: 'FILES_FOLDER',
    readers: [...servers, 'cli'],
    meaning: 'Folder of uploaded proofs, outside any web root.',
  },
  {
    name: 'CONSOLE_FOLDER',
    readers: ['admin'],
    meaning:
      'Folder of the built admin console; without it the one that `npm run build:console` makes, and no console where there is none.',
  },
  {
    name: 'STATEMENT_AUTO_CONFIRM',
    readers: ['admin'],
    fallback: 'off',
    meaning:
      '`exact`: the import of bank statements confirms lines that name the reference of one open invoice with exactly what is due; `off`: staff confirm every line.',
  },
  {
    name: 'THROTTLE',
    readers: servers,
    fallback: 'on',
    meaning: '`off` disables rate limits; refused in production.',
  },
  {
    name: 'THROTTLE_STORE',
    readers: servers,
    fallback: 'process',
    meaning: '`postgres` shares the counts of several processes without Redis. REDIS_URL takes precedence.',
  },
  {
    name: 'TRUSTED_PROXIES',
    readers: servers,
    fallback: '',
    meaning: 'Addresses or CIDR blocks, with commas between them, whose X-Forwarded-For header is trusted.',
  },
  {
    name: 'WEBHOOK_LOOPBACK',
    readers: ['api', 'admin', 'worker', 'cli'],
    fallback: 'refuse',
    meaning: '`allow` lets webhooks go to this machine, over `http://` too; refused in production.',
  },
  {
    name: 'LOG_LEVEL',
    readers: processes,
    fallback: 'info',
    meaning: '`trace`, `debug`, `info`, `warn`, `error` or `fatal`.',
  },
  {
    name: 'BANK_TRANSFER',
    readers: ['api', 'admin'],
    fallback: 'on',
    meaning:
      '`off` offers no bank transfer and takes no report of one; payments that are there are still confirmed.',
  },
  {
    name: 'CONFIRM_SECOND_APPROVER_AMOUNT',
    readers: ['admin', 'cli'],
    fallback: '',
    meaning:
      'Above which amounts in minor units two members of staff confirm money, such as USD=100000,JPY=1000000; a currency that is not named then always needs two. Empty: one confirms.',
  },
  {
    name: 'CREDIT_SECOND_APPROVER_CREDITS',
    readers: ['admin'],
    fallback: '',
    meaning:
      'Above how many credits two members of staff decide what is given or taken; what one of them gave and took in an account within a day adds up. Empty: one decides.',
  },
  {
    name: 'RENEWAL_INVOICE_DAYS',
    readers: ['api', 'worker'],
    fallback: '7',
    meaning: 'Days before the end of what was paid at which the next period is invoiced, 1 to 27.',
  },
  {
    name: 'FAILPOINT',
    readers: ['api', 'worker'],
    fallback: '',
    meaning: 'Failpoint of a fault test, `name:count:kill` (or `throw`, `sleep`); refused in production.',
  },
];
