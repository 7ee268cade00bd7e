import { type TRPCClient, createTRPCClient } from '@trpc/client';
import type { Fetch, WebRequest } from './host.ts';
import type { HoldInput, ResolvedHold } from './hold.ts';
import { linksTo } from './links.ts';
import { addressOf, bearerOf, isAccountId } from './presented.ts';
import type { AppRouter } from './router.ts';
import { type Verdict, type VerifyTerms, withoutAccount, withoutCredential } from './verdict.ts';
import { verifyCredential } from './verify.ts';
import { withCredits } from './with-credits.ts';
import type { Work, WorkOptions } from './work-under-hold.ts';

/** Where the API is, and the service key of the product's own backend. */
export interface ServiceOptions {
  /** Where the API is: `https://api.example.com`. */
  url: string;
  /** A service key: `tns_live_…`. It acts for every account, so that it belongs on servers alone. */
  serviceKey: string;
  /** Another `fetch`, for tests and proxies. */
  fetch?: Fetch | undefined;
  /** For how long a verification is tried, in seconds, before its request is refused with 503. Default: 8. */
  verifySecondsMax?: number | undefined;
  /** Told why a credential could not be verified; the request was refused with 503. */
  onFault?: ((fault: unknown) => void) | undefined;
}

/** What is read of a request that somebody made to the product. */
export interface PresentedRequest {
  /** Every value of its `Authorization` header. */
  readonly authorizations: readonly string[];
  /** Every value of its `Tenantry-Account` header. */
  readonly accounts: readonly string[];
  /** The address of the client, as the framework tells it. */
  readonly address?: string | undefined;
}

/** An account: by its id, or by the product's own id of it. */
export type NamedAccount =
  | { accountId: string; externalId?: undefined }
  | { externalId: string; accountId?: undefined };

/** How a call names whom it is made for. */
export interface ActingFor {
  /** Whom the product acts for, such as its own id of a user; at most 100 visible characters. It is written down. */
  onBehalfOf?: string | undefined;
}

/** The API, as the product's own backend calls it. */
export interface Service {
  /**
   * Asks whether the credential of a request may do what the terms say: `Request` of the Fetch API, as in Next.js, Hono,
   * Remix and SvelteKit. Such a request does not tell the client's address: name it in the terms where you know it. Answers
   * 503 as a refusal when the API does not answer. Throws when the service key or the terms are refused.
   */
  verify(request: WebRequest, terms?: VerifyTerms): Promise<Verdict>;
  /** The same for the headers of any other request. The adapters are made of it. */
  verifyPresented(request: PresentedRequest, terms?: VerifyTerms): Promise<Verdict>;
  /** A typed client that acts in an account; without one, for the calls that name none, such as `account.create`. */
  client(account?: NamedAccount & ActingFor): TRPCClient<AppRouter>;
  /** Runs work that costs an account credits: `withCredits` for a named account. */
  withCredits<Value>(
    account: NamedAccount & ActingFor,
    options: HoldInput & WorkOptions,
    work: Work<Value>,
  ): Promise<{ value: Value; hold: ResolvedHold }>;
}

/** The API, for the product's own backend, which acts with a service key for any of its customers. */
export function createService(options: ServiceOptions): Service {
  const client: Service['client'] = (account) => serviceClient(options, account);
  const verifyPresented: Service['verifyPresented'] = async (request, terms = {}) => {
    const { authorizations, address } = request;
    // A route that names the account itself does not ask the customer for it.
    const isNamed = terms.account !== undefined || terms.externalAccount !== undefined;
    const [account, ...others] = isNamed ? [] : request.accounts;
    const credential = bearerOf(authorizations);
    if (credential === undefined) return withoutCredential();
    if (others.length > 0 || (account !== undefined && !isAccountId(account))) return withoutAccount();
    const from = addressOf(address);
    const presented = {
      credential,
      ...(account === undefined ? {} : { account }),
      ...(from === undefined ? {} : { address: from }),
    };
    const { onFault = () => undefined, verifySecondsMax: secondsMax = 8 } = options;
    return verifyCredential({ client, onFault, secondsMax }, presented, terms);
  };
  return {
    verifyPresented,
    verify: ({ headers }, terms) => {
      const valuesOf = (name: string) => [headers.get(name)].filter((value) => value !== null);
      const request = { authorizations: valuesOf('authorization'), accounts: valuesOf('tenantry-account') };
      return verifyPresented(request, terms);
    },
    client,
    withCredits: (account, given, work) => withCredits(client(account), given, work),
  };
}

function serviceClient(
  { url, serviceKey, fetch: send }: ServiceOptions,
  account: (NamedAccount & ActingFor) | undefined,
): TRPCClient<AppRouter> {
  const connection = { url, credential: serviceKey, ...(send === undefined ? {} : { fetch: send }) };
  return createTRPCClient<AppRouter>({
    links: linksTo(connection, {
      streamed: ['operation.stream'],
      credentials: 'omit',
      headers: account === undefined ? {} : headersOf(account),
    }),
  });
}

function headersOf({ accountId, externalId, onBehalfOf }: NamedAccount & ActingFor): Record<string, string> {
  return {
    ...(accountId === undefined ? {} : { 'tenantry-account': accountId }),
    ...(externalId === undefined ? {} : { 'tenantry-external-account': externalId }),
    ...(onBehalfOf === undefined ? {} : { 'tenantry-on-behalf-of': onBehalfOf }),
  };
}
