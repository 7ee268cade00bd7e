const hostnameCharactersMax = 253;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What never stands in a host name alone, but has a meaning of its own in a URL. */
const delimiters = /[\s\p{Cc}/\\:@?#%[\]]/u;
const httpUrl = /^https?:\/\//i;

/**
 * The ASCII form of a host name by the URL standard: lower case, internationalised labels in Punycode, no trailing dot;
 * undefined for what is no host name of at least two labels. Idempotent.
 */
export function asciiHostname(text: string): string | undefined {
  if (delimiters.test(text)) return undefined;
  const hostname = URL.parse(`https://${text}`)?.hostname.replace(/\.$/, '');
  if (hostname === undefined || hostname.length > hostnameCharactersMax) return undefined;
  const labels = hostname.split('.');
  return labels.length > 1 && labels.every((one) => label.test(one)) ? hostname : undefined;
}

/** Whether a text is a host name in its ASCII form. */
export function isAsciiHostname(text: string): boolean {
  return asciiHostname(text) === text;
}

/**
 * The one spelling of a site's domain, which people paste as a host name or as the address of the start page: scheme,
 * default port and a slash at the end are left out. What is no domain, or says more than a domain, stays as it is.
 */
export function normaliseDomain(text: string): string {
  const given = text.trim();
  const host = httpUrl.test(given) ? given.replace(httpUrl, '').replace(/\/$/, '') : given;
  const port = /^https:/i.test(given) ? ':443' : /^http:/i.test(given) ? ':80' : '';
  return asciiHostname(port !== '' && host.endsWith(port) ? host.slice(0, -port.length) : host) ?? text;
}
