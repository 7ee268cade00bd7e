/** A rule met books that the rules exclude. It names the account; `cause` is what the rule threw. */
export class BooksError extends Error {
  constructor(accountId: string, cause: unknown) {
    super(`account ${accountId}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Runs a rule on the books of an account. What the rule throws is thrown as an error that names the account. */
export function onBooksOf<T>(accountId: string, rule: () => T): T {
  try {
    return rule();
  } catch (cause) {
    throw cause instanceof BooksError ? cause : new BooksError(accountId, cause);
  }
}
