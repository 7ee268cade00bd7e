/** What the gate reads of a request, whichever transport brought it. Nothing here has been believed yet. */
export interface Incoming {
  readonly requestId: string;
  /** The peer's address, or what a trusted proxy says it is. */
  readonly address: string;
  /** Every Authorization header, in order. */
  readonly authorizations: readonly string[];
  /** The value of each session cookie, in order. */
  readonly cookies: readonly string[];
  /** Whether something that looks like a credential stands where none belongs (X-API-Key, the query). */
  readonly strayCredential: boolean;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  /** Every Tenantry-Account header, in order. */
  readonly accounts: readonly string[];
  /** Every Tenantry-External-Account header, in order. */
  readonly externalAccounts: readonly string[];
  /** Every Tenantry-On-Behalf-Of header, in order. */
  readonly onBehalfOf: readonly string[];
  /** Every Idempotency-Key header, in order. */
  readonly idempotencyKeys: readonly string[];
  /** Whether the caller can read an answer that comes in pieces. */
  readonly acceptsStream: boolean;
  /** How many procedure calls came in this request. */
  readonly calls: number;
}
