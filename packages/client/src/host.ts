/**
 * The types of the web's objects as the program that installs this client knows them, from the DOM library, from
 * `@types/node` or from the types of another runtime. Where a program knows none of them, the members that this client
 * uses stand in.
 */
type HostValue<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, infer Value> ? Value : Otherwise;
type HostInstance<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { prototype: infer Instance }> ? Instance : Otherwise;

/** Aborts work. */
export type Signal = HostInstance<
  'AbortSignal',
  {
    readonly aborted: boolean;
    readonly reason: unknown;
    throwIfAborted(): void;
    addEventListener(type: 'abort', listener: () => void): void;
    removeEventListener(type: 'abort', listener: () => void): void;
  }
>;

/** The function `fetch`. */
export type Fetch = HostValue<'fetch', (input: string, init?: object) => Promise<unknown>>;

/** An answer of the Fetch API. */
export type WebResponse = HostInstance<'Response', { readonly status: number }>;

/** What is read of a request of the Fetch API. */
export interface WebRequest {
  readonly headers: { get(name: string): string | null };
}
