/** The links of e-mails to a portal, whose URL has no slash at its end. */
export function openLinks(portalUrl: string) {
  return {
    /** The URL of a page with a token. The token is in the fragment, so that no server logs it. */
    link: (page: string, token: string) => `${portalUrl}/${page}#token=${token}`,
    /** The URL of a page for an account. */
    page: (page: string, accountId: string) => `${portalUrl}/${page}?account=${accountId}`,
  };
}
