// The peer of the credits bench: better-auth with its API key plugin, set up as its documentation describes, in one
// process. Each request verifies a key with a remaining count and a rate limit. This corresponds to our authenticate,
// throttle and hold. The peer has no journal and no tenants, which is an advantage for it.
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import Fastify from 'fastify';
import pg from 'pg';

const [databaseUrl, connectionsMax, keysCount] = process.argv.slice(2);
const plenty = 1_000_000_000;
const pool = new pg.Pool({ connectionString: databaseUrl, max: Number(connectionsMax) });

// Parts that the bench does not need are off: logger, telemetry, email, and the rate limit per address of the peer's own
// HTTP routes. The rate limit of each key is on. Keys are stored in the database, the default. A secondary storage would
// be a Redis, which our server in this bench does not use either. Updates happen before the answer, the default. Our
// server also answers after its commit, and an earlier answer could be lost.
const options = {
  baseURL: 'http://127.0.0.1',
  secret: 's'.repeat(32),
  database: pool,
  logger: { disabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: plenty } })],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
const auth = betterAuth(options);
const context = await auth.$context;
const user = await context.internalAdapter.createUser({
  email: 'bench@example.test',
  name: 'Bench',
  emailVerified: true,
});

const keys = [];
for (let count = 0; count < Number(keysCount); count += 1) {
  const body = {
    userId: user.id,
    remaining: plenty,
    rateLimitEnabled: true,
    rateLimitMax: plenty,
    rateLimitTimeWindow: 60_000,
  };
  keys.push((await auth.api.createApiKey({ body })).key);
}

const fastify = Fastify({ logger: false });
fastify.post('/uses', async (request, reply) => {
  const key = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const { valid, error } = await auth.api.verifyApiKey({ body: { key } });
  if (valid) return reply.code(201).send({ valid });
  return reply.code(401).send({ error: error?.code });
});
const url = await fastify.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ url, keys }));

process.on('disconnect', () => {
  void fastify
    .close()
    .then(() => pool.end())
    .then(() => process.exit(0));
});
