import type { AnyTRPCRouter } from '@trpc/server';
import type { JsonObject } from './json-schema.ts';
import type { RestProcedure } from './procedures.ts';

/** What a document describes, and what it says of every procedure. */
export interface DocumentOptions {
  readonly router: AnyTRPCRouter;
  /** Procedures whose input or answer is a file, on REST routes alone. */
  readonly files?: AnyTRPCRouter;
  /** What the app serves besides procedures. */
  readonly endpoints?: readonly DocumentedEndpoint[];
  readonly title: string;
  readonly version: string;
  /** What the API is for, in Markdown. */
  readonly description?: string;
  readonly contact?: { readonly name: string };
  readonly license?: { readonly name: string; readonly identifier: string };
  /** What the operations of a tag are about, by the name of the tag. */
  readonly tags?: Readonly<Record<string, string>>;
  /** With the prefix of the routes: `https://api.example.com/v1`. */
  readonly serverUrl: string;
  /** The schema of what every refusal and every fault is answered as. */
  readonly problem: unknown;
  /** What the credential in the `Authorization` header is, for people. */
  readonly bearer: string;
  /** The request headers that procedures read, by the name of their component. */
  readonly headers?: Readonly<Record<string, HeaderParameter>>;
  /** What stands below the description of a procedure. */
  readonly descriptionOf?: (procedure: RestProcedure) => string;
  /** The names of the headers that a procedure reads. */
  readonly headersOf?: (procedure: RestProcedure) => readonly string[];
  /** The response headers besides that of the request id, by name. */
  readonly responseHeaders?: Readonly<Record<string, Omit<HeaderParameter, 'name'>>>;
  /** The names of the response headers that an answer of a procedure may have under a status. */
  readonly responseHeadersOf?: (procedure: RestProcedure, status: number) => readonly string[];
  /** Every code that a procedure can be refused with, with its status. */
  readonly refusalsOf?: (procedure: RestProcedure) => readonly DocumentedRefusal[];
}

/** A code that a procedure can be refused with, under its status. */
export interface DocumentedRefusal {
  readonly status: number;
  readonly code: string;
}

/** A GET endpoint of an app that is no procedure, and stands outside the prefix of the procedures. */
export interface DocumentedEndpoint {
  readonly path: string;
  /** Where it stands, without a prefix: `https://api.example.com`. */
  readonly serverUrl: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** The schema of its query. */
  readonly query: unknown;
  /** The names of the request headers that it reads besides the credential. */
  readonly headers: readonly string[];
  /** Every code that it can be refused with. */
  readonly refusals: readonly DocumentedRefusal[];
  /** The names of the response headers besides that of the request id, under a status. */
  readonly responseHeadersOf: (status: number) => readonly string[];
}

/** A header as the document describes it; it may be left out. */
export interface HeaderParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
}
