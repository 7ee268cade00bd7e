import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type IncomingOptions, readIncoming } from './incoming.ts';

/** The session cookie of an app. */
export interface CookieSettings {
  readonly name: string;
  readonly secure: boolean;
  /** Whether a link from another site carries it. */
  readonly sameSite: 'lax' | 'strict';
}

/** What a request context is made of besides the request. */
export interface ContextOptions extends Pick<IncomingOptions, 'headers' | 'credentialPrefixes'> {
  /** An app without a session cookie reads none. */
  readonly cookie?: CookieSettings;
}

/** Puts a request before an app's gate: what came, the time, and the headers that the answer may set. */
export function createRequestContext<App extends { clock(): Date }>(
  app: App,
  { request, reply, calls = 1 }: { request: FastifyRequest; reply: FastifyReply; calls?: number },
  { cookie, ...incoming }: ContextOptions,
) {
  const write = (value: string, expires: Date): void => {
    if (cookie === undefined) return;
    const { name, secure, sameSite } = cookie;
    reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite, secure, expires });
  };
  return {
    app,
    incoming: readIncoming(request, { ...incoming, cookieName: cookie?.name, calls }),
    now: app.clock(),
    setHeader: (name: string, value: string): void => {
      reply.header(name, value);
    },
    setCookie: (value: string, expires: Date): void => {
      if (cookie === undefined) throw new Error('This app has no session cookie.');
      write(value, expires);
    },
    clearCookie: () => write('', new Date(0)),
  };
}
