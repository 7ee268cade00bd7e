import { Redis } from 'ioredis';

/** Connects to Redis so that a call never waits long for it; the throttle has its own fallback. */
export function openRedis(url: string, log: { warn(facts: object, text: string): void }): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 1000,
    commandTimeout: 250,
  });
  // Without a listener a lost connection would end the process.
  redis.on('error', (fault: Error) => log.warn({ reason: fault.message }, 'redis is away'));
  return redis;
}
