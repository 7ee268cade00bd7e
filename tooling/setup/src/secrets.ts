import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Secrets of a demo, made once. */
export interface Secrets {
  ACCESS_TOKEN_SECRET: string;
  API_KEY_PEPPER: string;
  DEMO_OWNER_PASSWORD: string;
  DEMO_STAFF_PASSWORD: string;
  DEMO_API_KEY?: string;
  rolePassword: string;
}

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/** Reads the secrets of a data folder, or makes them, readable by their owner alone. */
export function readSecrets(file: string): Secrets {
  if (existsSync(file)) return parsed(readFileSync(file, 'utf8'));
  const secrets: Secrets = {
    ACCESS_TOKEN_SECRET: random(48),
    API_KEY_PEPPER: random(48),
    DEMO_OWNER_PASSWORD: random(12),
    DEMO_STAFF_PASSWORD: random(12),
    rolePassword: random(24),
  };
  writeSecrets(file, secrets);
  return secrets;
}

/** Writes the secrets back, after the seed has made the demo's key. */
export function writeSecrets(file: string, secrets: Secrets): void {
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
}

function parsed(text: string): Secrets {
  return JSON.parse(text);
}
