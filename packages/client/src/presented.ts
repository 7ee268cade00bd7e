/** Exactly one token; a comma stands where a header was sent twice. */
const bearerPattern = /^Bearer ([\x21-\x2b\x2d-\x7e]+)$/i;

/** No credential of Tenantry is longer. */
const credentialCharactersMax = 8192;

/**
 * The credential of a request, from every value of its `Authorization` header. Undefined when there is none, or not exactly
 * one bearer token.
 */
export function bearerOf(values: readonly string[]): string | undefined {
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) return undefined;
  const token = bearerPattern.exec(value)?.[1];
  return token === undefined || token.length > credentialCharactersMax ? undefined : token;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the values of a `Tenantry-Account` header name one account. */
export function isAccountId(value: string): boolean {
  return uuidPattern.test(value);
}

/**
 * The address of a client as a framework tells it: without the zone of a link. Undefined when it is no address, as behind a
 * proxy that passes on what the client wrote.
 */
export function addressOf(value: string | undefined): string | undefined {
  const address = value?.split('%')[0] ?? '';
  const isAddress = address.includes(':') ? URL.canParse(`http://[${address}]/`) : isIpv4(address);
  return isAddress && /^[\da-f.:]+$/i.test(address) ? address : undefined;
}

function isIpv4(address: string): boolean {
  const parts = address.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}
