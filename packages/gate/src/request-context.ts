import type { Database } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import type { Incoming } from './incoming.ts';
import type { Throttle } from './throttle.ts';

/** Where faults and refused credentials are written down. */
export interface GateLog {
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** What the gate needs of the app that it guards. An audience may need more, and says so in its type. */
export interface GateApp {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: GateLog;
  readonly throttle: Throttle;
  /**
   * The secret under which fingerprints of a person's inputs are stored: these can hold a password, whose plain digest
   * could be guessed. Missing in an app whose persons and staff send none.
   */
  readonly fingerprintKey?: string;
  /** What services are given besides their transaction: `identity`, `emails`, … */
  readonly ports: object;
}

/** One call before the gate: the app, the request as it came, and the headers that an answer may set. */
export interface RequestContext<App extends GateApp = GateApp> {
  readonly app: App;
  readonly incoming: Incoming;
  /** The time of the call; everything that follows from time is computed with it. */
  readonly now: Date;
  /** The time at which a signed token must be valid, where it is not `now`: a call that runs was let in with its token. */
  readonly tokenTime?: Date | undefined;
  setHeader(name: string, value: string): void;
  setCookie(value: string, expiresAt: Date): void;
  /** Lets the browser forget the session cookie. */
  clearCookie(): void;
}

/** What a call is, before its input is read. */
export interface Calling {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The procedure's path in the router: `site.create`. */
  readonly path: string;
  /** Reads the input as it came; it may throw, and nothing has checked what it answers. */
  rawInput(): Promise<unknown>;
}
