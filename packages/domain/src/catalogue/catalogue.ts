import type { OperationKind, TokenRates } from '../credit/price.ts';
import type { LimitName, PlanCycle, PlanState, ThrottleRates } from '../plans.ts';

/** A price of the catalogue, in minor units. */
export interface CataloguePrice {
  amount: number;
  currency: string;
}

/** A plan as the catalogue declares it. */
export interface CataloguePlan {
  name: string;
  state: PlanState;
  /** Whether it is never chosen by a customer. */
  internal: boolean;
  price: CataloguePrice;
  cycle: PlanCycle;
  /** Credits of each month. */
  credits: number;
  rolloverCreditsMax: number;
  purchaseDays: number | null;
  trialDays: number;
  graceDays: number;
  features: readonly string[];
  /** The built-in limits, all of them, and any that the catalogue declares. */
  limits: Readonly<Record<LimitName, number>> & Readonly<Record<string, number>>;
  throttle: ThrottleRates;
}

/** An operation as the catalogue declares it: `rate`, or `rates` of the sorts of tokens. */
export interface CatalogueOperation {
  kind: OperationKind;
  unit: string;
  unitSize: number;
  rate: number | null;
  rates: TokenRates | null;
  minimum: number;
  outputTokensDefault: number;
  outputTokensMax: number;
  model: string | null;
  promptTemplate: string | null;
  /** The variables of the template, in the order in which they stand in it; null without a template. */
  variables: readonly string[] | null;
}

/** Credits that are sold in one piece. */
export interface CataloguePackage {
  name: string;
  credits: number;
  price: CataloguePrice;
  /** After how many days its credits end; null for what the plan says. */
  validDays: number | null;
}

/** Where money of one currency is sent: an IBAN, or the lines that name an account where there is none. */
export interface CataloguePayee {
  name: string;
  bank: string;
  iban: string | null;
  bic: string | null;
  account: readonly string[];
}

/** Who writes invoices. */
export interface CatalogueIssuer {
  name: string;
  address: readonly string[];
  taxId: string | null;
  email: string | null;
  /** The tax that prices include, 1900 for 19 %; null where none is charged. */
  taxRateBasisPoints: number | null;
  /** What the numbers of invoices begin with. Each prefix has a series of its own, from 1 on without a gap. */
  invoicePrefix: string;
  /** One payee for each currency. */
  payees: Readonly<Record<string, CataloguePayee>>;
}

/** Everything that a catalogue declares. Each record is keyed by the name that calls use. */
export interface Catalogue {
  /** Features of the product's own, with what each is. */
  features: Readonly<Record<string, string>>;
  /** Limits of the product's own, with what each counts. */
  limits: Readonly<Record<string, string>>;
  plans: Readonly<Record<string, CataloguePlan>>;
  operations: Readonly<Record<string, CatalogueOperation>>;
  packages: Readonly<Record<string, CataloguePackage>>;
  issuer: CatalogueIssuer | null;
}
