import { createTRPCClient } from '@trpc/client';
import { type ConnectionOptions, linksTo } from './links.ts';
import { persist } from './persist.ts';
import { problemOf } from './problem.ts';
import type { AppRouter } from './router.ts';

/** The tokens of a session, as they are kept between calls. */
export interface StoredSession {
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt: number;
}

/** Where a session is kept; all tabs of a browser may share one. */
export interface SessionStorage {
  read(): StoredSession | undefined | Promise<StoredSession | undefined>;
  /** Keeps the session; undefined forgets it. */
  write(session: StoredSession | undefined): void | Promise<void>;
}

/** What a sign-in or a refresh answers. */
type IssuedTokens = {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  expiresInSeconds?: number | undefined;
};

/** A session whose tokens are refreshed when they are needed. */
export interface KeptSession {
  /** Keeps the tokens that `session.create` answered. Throws when there are none, as for `delivery: cookie`. */
  start(tokens: IssuedTokens): Promise<void>;
  /** The access token; give this function to `createTenantryClient`. Throws when nobody is signed in. */
  credential(): Promise<string>;
  /** Forgets the session, and ends it, also when its access token has run out. */
  signOut(): Promise<void>;
}

/** An access token that ends sooner is refreshed first. */
const earlyMilliseconds = 30_000;

/**
 * The API exchanges the same refresh token again for half a minute, so a lost answer is asked for again within that
 * time.
 */
const patience = { attemptsMax: 3, attemptSeconds: 7 };

/**
 * Keeps a session in a storage. Two tabs may refresh at once with the same token: each is answered, and either answer may
 * be stored last. Calls that wait for one refresh in the same tab share it.
 */
export function keepSession(
  options: Pick<ConnectionOptions, 'url' | 'fetch'> & { storage: SessionStorage },
): KeptSession {
  const { storage } = options;
  const { session } = createTRPCClient<AppRouter>({
    links: linksTo(options, { streamed: [], credentials: 'omit' }),
  });
  let refreshing: Promise<string> | undefined;

  const start = async (tokens: IssuedTokens) => storage.write(storedFrom(tokens));

  /** Answers the access token of the next pair, or of the one that another tab has stored meanwhile. */
  async function refresh({ refreshToken }: StoredSession): Promise<string> {
    try {
      const tokens = await persist(
        (signal) => session.refresh.mutate({ refreshToken }, { signal }),
        patience,
      );
      await start(tokens);
      return tokens.accessToken;
    } catch (fault) {
      if (problemOf(fault)?.code !== 'unauthenticated') throw fault;
      const stored = await storage.read();
      if (stored !== undefined && stored.refreshToken !== refreshToken) return stored.accessToken;
      await storage.write(undefined);
      throw fault;
    }
  }

  return {
    start,
    credential: async () => {
      const stored = await storage.read();
      if (stored === undefined) throw new Error('Nobody is signed in.');
      if (stored.expiresAt - earlyMilliseconds > Date.now()) return stored.accessToken;
      refreshing ??= refresh(stored).finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
    signOut: async () => {
      const stored = await storage.read();
      await storage.write(undefined);
      if (stored === undefined) return;
      const { refreshToken } = stored;
      await persist((signal) => session.signOut.mutate({ refreshToken }, { signal }), patience);
    },
  };
}

function storedFrom({ accessToken, refreshToken, expiresInSeconds }: IssuedTokens): StoredSession {
  if (accessToken === undefined || refreshToken === undefined || expiresInSeconds === undefined)
    throw new Error('The session has no tokens; a session in a cookie needs none.');
  return { accessToken, refreshToken, expiresAt: Date.now() + expiresInSeconds * 1000 };
}
