import type { Database, CallInfo } from '@tenantry/db/transaction';

/** What a verb without an account, or one that calls abroad, is handed instead of tx. */
export interface Flow {
  database: Database;
  callInfo: CallInfo;
}

/** Proofs of who somebody is: hashes and tokens. */
export interface Identity {
  hashPassword(text: string): Promise<string>;
  verifyPassword(storedHash: string, text: string): Promise<boolean>;
  /** A hash that no password has. */
  decoyHash(): string;
  normaliseEmail(text: string): string;
  digestText(text: string): string;
  mintToken(): { token: string; digest: string };
  issueAccessToken(
    userId: string,
    sessionId: string,
    now: Date,
  ): Promise<{ token: string; lifetimeSeconds: number }>;
  mintApiKey(mode: 'live' | 'test'): { secret: string; keyId: string; prefix: string };
  digestApiKey(secret: string): string;
  newTotpSecret(label: string): { secret: string; uri: string };
  stepOfCode(secret: string, code: string, now: Date, afterStep: number): number | undefined;
  mintRecoveryCodes(): { codes: string[]; digests: string[] };
  digestRecoveryCode(code: string): string | undefined;
  /** Seals a text that must be read again, with the newest key. */
  seal(text: string): string;
  /** The text, and whether an older key sealed it. Throws for what no listed key sealed. */
  unseal(sealed: string): { text: string; isOutdated: boolean };
}

/** A model provider, as the AI room opens it. */
export interface Provider {
  complete(request: {
    /** The operation's name, for the log. */
    operation: string;
    prompt: string;
    outputTokensMax: number;
    signal: AbortSignal;
  }): Promise<{
    output: string;
    inputTokens: number;
    outputTokens: number;
    source: 'reported' | 'estimated';
  }>;
  /** The output as it comes, then what it used. Throws when the provider fails or the signal ends it. */
  stream(request: {
    operation: string;
    prompt: string;
    outputTokensMax: number;
    signal: AbortSignal;
  }): AsyncGenerator<
    string,
    { inputTokens: number; outputTokens: number; source: 'reported' | 'estimated' },
    void
  >;
  /** A careful guess of a text's tokens, for the quote. */
  estimateTokens(text: string): number;
  /** The longest a call may take, in seconds. */
  deadlineSeconds: number;
}

/** A letter of plain text to one person. */
export interface EmailMessage {
  to: string;
  subject: string;
  text: string;
}

/** The way emails take, and the links that stand in them. */
export interface Emails {
  send(letter: EmailMessage): Promise<void>;
  /** Where a person goes with a token; the token stands behind `#`, so that no server's log sees it. */
  link(page: 'password-reset' | 'email-verification' | 'invitation', token: string): string;
}

/** The answer that an earlier call with the same Idempotency-Key was given. */
export interface Replay {
  replay: string;
}

/** Tells a stored answer from a new one. */
export function isReplay(value: object): value is Replay {
  return 'replay' in value && Object.keys(value).length === 1;
}
