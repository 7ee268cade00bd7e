/** A statement that Tenantry keeps, and what holds it. */
export interface Guarantee {
  /** Tests cite it in their titles: `(A1)`, `(I1, I9)`. */
  readonly id: string;
  /** One sentence in the present tense. */
  readonly statement: string;
  /** Parts of the titles of tests that hold it without citing it; each fits exactly one test. */
  readonly tests?: readonly string[];
  /** Why no test holds it yet. Only for a statement without a test. */
  readonly untested?: string;
}

/** Guarantees about one subject. */
export interface GuaranteeGroup {
  readonly subject: string;
  readonly guarantees: readonly Guarantee[];
}
