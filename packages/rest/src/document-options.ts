import type { AnyTRPCRouter } from '@trpc/server';
import type { JsonObject } from './json-schema.ts';
import type { RestProcedure } from './procedures.ts';

/** What a document describes, and what it says of every procedure. */
export interface DocumentOptions {
  readonly router: AnyTRPCRouter;
  /** Procedures whose input or answer is a file, on REST routes alone. */
  readonly files?: AnyTRPCRouter;
  readonly title: string;
  readonly version: string;
  /** With the prefix of the routes: `https://api.example.com/v1`. */
  readonly serverUrl: string;
  /** The schema of what every refusal and every fault is answered as. */
  readonly problem: unknown;
  /** What the credential in the `Authorization` header is, for people. */
  readonly bearer: string;
  /** The cookie that holds a session, where sessions may be kept in one. */
  readonly cookieName?: string;
  /** The request headers that procedures read, by the name of their component. */
  readonly headers?: Readonly<Record<string, HeaderParameter>>;
  /** What stands below the description of a procedure. */
  readonly descriptionOf?: (procedure: RestProcedure) => string;
  /** The names of the headers that a procedure reads. */
  readonly headersOf?: (procedure: RestProcedure) => readonly string[];
  /** The response headers of successes, by name. */
  readonly responseHeaders?: Readonly<Record<string, Omit<HeaderParameter, 'name'>>>;
  /** The names of the response headers that a procedure's success may have. */
  readonly responseHeadersOf?: (procedure: RestProcedure) => readonly string[];
  /** Every code that a procedure can be refused with, with its status. */
  readonly refusalsOf?: (procedure: RestProcedure) => readonly { status: number; code: string }[];
}

/** A header as the document describes it; it may be left out. */
export interface HeaderParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
}
