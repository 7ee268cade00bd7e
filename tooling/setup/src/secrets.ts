import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The secrets of a demo, generated once for each data folder. */
export interface Secrets {
  ACCESS_TOKEN_SECRET: string;
  API_KEY_PEPPER: string;
  SECOND_FACTOR_KEYS: string;
  DEMO_OWNER_PASSWORD: string;
  DEMO_STAFF_PASSWORD: string;
  DEMO_API_KEY?: string;
  rolePassword: string;
}

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/**
 * Reads the secrets of a data folder, and generates those that are missing: all at the first start, and later those that
 * a newer version needs. Only their owner can read the file.
 */
export function readSecrets(file: string): Secrets {
  const stored = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : {};
  const secrets: Secrets = { ...madeSecrets(), ...stored };
  if (Object.keys(secrets).length > Object.keys(stored).length) writeSecrets(file, secrets);
  return secrets;
}

function madeSecrets(): Secrets {
  return {
    ACCESS_TOKEN_SECRET: random(48),
    API_KEY_PEPPER: random(48),
    SECOND_FACTOR_KEYS: `1:${random(48)}`,
    DEMO_OWNER_PASSWORD: random(12),
    DEMO_STAFF_PASSWORD: random(12),
    rolePassword: random(24),
  };
}

/** Writes the secrets again after the seed has created the demo's API key. */
export function writeSecrets(file: string, secrets: Secrets): void {
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
}

function parsed(text: string): Partial<Secrets> {
  return JSON.parse(text);
}
