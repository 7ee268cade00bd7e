import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A page may run the scripts and ask the servers of its own origin, and nothing else. Styles are set by scripts. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** A year, in milliseconds: the name of an asset changes with its content. */
const assetMilliseconds = 365 * 24 * 3600 * 1000;

/** Paths that belong to the procedures and to the files of the web app, where no page is. */
const reserved = /^\/(?:v1|trpc|assets|health)(?:\/|$)/;

/** Whether a browser asks for a page at a path that no route has. */
function asksForPage({ is404, method, headers: { accept }, url }: FastifyRequest): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return is404 && isRead && (accept ?? '').includes('text/html') && !reserved.test(url);
}

/**
 * Serves a web app that was built into a folder: its files by name, and its page at every path without a route that a
 * browser asks for as a page. A folder without one serves nothing. Registered before what answers unknown paths.
 */
export async function serveWebApp(fastify: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const icon = readFileSync(join(folder, 'icon.svg'), 'utf8');
  fastify.addHook('onRequest', async (request, reply) => {
    if (!asksForPage(request)) return undefined;
    reply.header('content-security-policy', pagePolicy).header('referrer-policy', 'no-referrer');
    return reply.type('text/html; charset=utf-8').send(page);
  });
  fastify.get('/icon.svg', async (_request, reply) => reply.type('image/svg+xml').send(icon));
  await fastify.register(files, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    wildcard: false,
    immutable: true,
    maxAge: assetMilliseconds,
    preCompressed: true,
    decorateReply: false,
  });
}
