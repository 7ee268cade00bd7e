export type RestMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** How a procedure appears over REST. */
export interface RestRoute {
  readonly method: RestMethod;
  /** Below the prefix, parameters in braces: `/sites/{siteId}`. */
  readonly path: string;
  /** Of a success. Default: 204 for DELETE, else 200. */
  readonly status?: number;
  /** Another status of a success: that of an answer whose field of this name is false. */
  readonly statusUnless?: { readonly field: string; readonly status: number };
  readonly tags?: readonly string[];
  readonly summary: string;
  /** More than the summary says, in Markdown. */
  readonly description?: string;
  /**
   * The schema of its events, for a procedure that answers in pieces. It stands at the same place as one that answers
   * whole, and serves the requests that accept `text/event-stream`.
   */
  readonly events?: unknown;
  /** Needs no credential. */
  readonly public?: boolean;
}

/** What a router's meta carries for this package; a procedure without `rest` is reached by tRPC alone. */
export interface RestMeta {
  readonly rest?: RestRoute;
}
