import type { AttemptOutcome } from '@tenantry/domain/outbox/delivery';
import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import type { SecondApproverAmounts } from '@tenantry/domain/billing/approval';
import type { InvoiceLine } from '@tenantry/domain/invoice/lines';
import type { InvoiceCustomer, InvoiceIssuer, InvoicePayee } from '@tenantry/domain/invoice/parties';
import type { InvoiceStatus } from '@tenantry/domain/invoice/status';
import type { Money } from '@tenantry/domain/money';
import type { FinishReason } from '@tenantry/domain/run/finish';
import type { CsvMapping } from '@tenantry/domain/statement/csv-mapping';
import type { LineOfAccount } from '@tenantry/domain/statement/identity';
import type { StatementFormat, StatementHead, StatementWarning } from '@tenantry/domain/statement/line';

/** Passwords, tokens, API keys and second factors. */
export interface Identity {
  hashPassword(text: string): Promise<string>;
  verifyPassword(storedHash: string, text: string): Promise<boolean>;
  /** What the hash was made of when the password has it: its normal form, or the text as an earlier version took it. */
  matchPassword(storedHash: string, text: string): Promise<'normal' | 'raw' | undefined>;
  /** Whether a text in lower case is among the passwords that are used most often. */
  isCommonPassword(text: string): boolean;
  /** A hash that no password has. */
  decoyHash(): string;
  /** A new password for somebody who is told it once. */
  generatePassword(): string;
  normaliseEmail(text: string): string;
  digestText(text: string): string;
  mintToken(): { token: string; digest: string };
  issueAccessToken(
    userId: string,
    sessionId: string,
    now: Date,
  ): Promise<{ token: string; lifetimeSeconds: number }>;
  mintApiKey(mode: 'live' | 'test'): { secret: string; keyId: string; prefix: string };
  mintServiceKey(mode: 'live' | 'test'): { secret: string; keyId: string; prefix: string };
  digestApiKey(secret: string): string;
  newTotpSecret(label: string): { secret: string; uri: string };
  stepOfCode(secret: string, code: string, now: Date, afterStep: number): number | undefined;
  mintRecoveryCodes(): { codes: string[]; digests: string[] };
  digestRecoveryCode(code: string): string | undefined;
  /** Encrypts a text with the newest key. */
  seal(text: string): string;
  /** Decrypts a text, and says whether an older key encrypted it. Throws when no listed key encrypted it. */
  unseal(sealed: string): { text: string; isOutdated: boolean };
}

/** The part of identity for staff, who sign in with a password and a second factor, and get an opaque token. */
export type StaffIdentity = Pick<
  Identity,
  | 'newTotpSecret'
  | 'stepOfCode'
  | 'mintRecoveryCodes'
  | 'digestRecoveryCode'
  | 'seal'
  | 'unseal'
  | 'isCommonPassword'
  | 'hashPassword'
  | 'matchPassword'
  | 'decoyHash'
  | 'normaliseEmail'
  | 'digestText'
  | 'mintToken'
  | 'generatePassword'
>;

/** The part of identity that makes service keys. */
export type ServiceKeyIdentity = Pick<Identity, 'mintServiceKey' | 'digestApiKey'>;

/** What a run asks of a provider. */
export interface ProviderRequest {
  /** The id of the request and the operation's name, for the log. */
  requestId: string;
  operation: string;
  prompt: string;
  /** The model of the operation; absent for the one of the settings. */
  model?: string;
  outputTokensMax: number;
  signal: AbortSignal;
}

/** How a provider's output ended, and what it used. */
export interface ProviderUsage {
  inputTokens: number;
  /** Of the input, what the provider had in its cache; absent for none. */
  cachedInputTokens?: number;
  outputTokens: number;
  /** Of the output, what the model reasoned with; absent for none. */
  reasoningTokens?: number;
  source: 'reported' | 'estimated';
  finishReason: Exclude<FinishReason, 'credits'>;
}

/**
 * A model provider; the app opens it with packages/ai. It throws an error with a `kind`, where that is `refused` with a
 * `reason` of the contract, and with `retryAfterSeconds` where the provider names it. Any other error counts as an outage.
 */
export interface Provider {
  complete(request: ProviderRequest): Promise<ProviderUsage & { output: string }>;
  /** Yields the output in pieces and returns the usage. Throws when the provider fails or the signal aborts. */
  stream(request: ProviderRequest): AsyncGenerator<string, ProviderUsage, void>;
  /** An estimate of the tokens of a text, for the quote. */
  estimateTokens(text: string): number;
  /** The deadline of a call in seconds. */
  deadlineSeconds: number;
}

/** An email to one person, in plain text and in HTML. */
export interface EmailMessage {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for every attempt to send one e-mail, so that a mail server knows a duplicate; missing for a new one. */
  messageId?: string;
}

/** Sends emails and makes the links in them. */
export interface Emails {
  /** Rejects when an e-mail is not sent, with `isPermanent: true` when it never will be. */
  send(message: EmailMessage): Promise<void>;
  /** The URL of a page of the portal for an account. */
  page(page: 'billing' | 'credits' | 'webhooks', accountId: string): string;
  /** The URL of a page with a token. The token is in the fragment, so that no server logs it. */
  link(page: 'password-reset' | 'email-verification' | 'email-change' | 'invitation', token: string): string;
}

/** A webhook that is signed and sent. */
export interface SignedWebhook {
  url: string;
  /** The id of the message, by which a consumer knows one that it has got before. */
  id: string;
  /** The seconds since 1970 of the attempt. */
  timestamp: number;
  body: string;
  /** The secrets that sign: one, or two during the overlap of a rotation. */
  secrets: readonly string[];
}

/** Sends webhooks; never rejects. */
export interface WebhookSender {
  send(webhook: SignedWebhook): Promise<{
    outcome: AttemptOutcome;
    status: number | null;
    answer: string | null;
    retryAfterSeconds?: number;
  }>;
}

/** What is known of the endpoints of webhooks without sending anything. */
export interface WebhookTargets {
  /** What is wrong with a URL, as the end of a sentence, or undefined. */
  faultOf(url: string): string | undefined;
  mintSecret(): string;
}

/** Work that an answer does not wait for. */
export interface Background {
  /** Starts the work without waiting for it. A fault is logged with the name. */
  run(name: string, work: () => Promise<void>): void;
}

/** What this process caches of people and accounts. Other processes get a notification from the database. */
export interface SessionCache {
  forgetSession(sessionId: string): void;
  forgetMemberships(userId: string): void;
  forgetAccount(accountId: string): void;
}

/** Which ways to pay the operator has switched on. Card providers are not there yet. */
export interface PaymentMethodSettings {
  bankTransfer: boolean;
}

/** What the operator sets about who confirms money and credits. */
export interface ApprovalSettings {
  secondApproverAmounts: SecondApproverAmounts;
  /** Above how many credits two members of staff decide a correction; undefined where one always does. */
  secondApproverCredits: number | undefined;
}

/** What the operator sets about the admin app. */
export interface AdminSettings {
  mode: 'demo' | 'production';
  /** Whether staff without a second factor may do nothing but set one up. */
  requiresSecondFactor: boolean;
}

/** What the operator sets about the life of subscriptions. */
export interface BillingSettings {
  /** How many days before the end of what was paid the next period is invoiced. */
  renewalInvoiceDays: number;
}

/** Why the store of proofs does not keep a file. */
export type ProofFault =
  | 'too_large'
  | 'empty'
  | 'another_type'
  | 'damaged'
  | 'too_wide'
  | 'two_in_one'
  | 'active'
  | 'hidden';

/** What is printed of an invoice. */
export interface PrintedInvoice {
  number: string;
  reference: string;
  issuer: InvoiceIssuer | null;
  payee: InvoicePayee | null;
  customer: InvoiceCustomer;
  lines: readonly InvoiceLine[];
  total: Money;
  tax: Money;
  taxRateBasisPoints: number | null;
  paid: Money;
  due: Money;
  credited: Money;
  status: InvoiceStatus;
  createdAt: Date;
  dueAt: Date;
  epcQr: string | null;
}

/** What is printed of a credit note. */
export interface PrintedCreditNote {
  number: string;
  invoiceNumber: string;
  invoiceCreatedAt: Date;
  issuer: InvoiceIssuer | null;
  customer: InvoiceCustomer;
  lines: readonly InvoiceLine[];
  total: Money;
  tax: Money;
  taxRateBasisPoints: number | null;
  createdAt: Date;
}

/** Prints invoices and credit notes. */
export interface InvoicePrinter {
  /** The PDF of an invoice; undefined while too many wait, or when it took too long. */
  print(invoice: PrintedInvoice): Promise<Uint8Array | undefined>;
  /** The PDF of a credit note; undefined as above. */
  printCreditNote(note: PrintedCreditNote): Promise<Uint8Array | undefined>;
}

/** Stores files that prove a payment. The media type of a file follows from its content alone. */
export interface ProofStore {
  save(
    bytes: Uint8Array,
  ): Promise<{ name: string; mediaType: string; sizeBytes: number } | { fault: ProofFault }>;
  read(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>;
  /** Whether there was a file to remove. */
  remove(name: string): Promise<boolean>;
}

/** What a file of bank statements holds. */
export interface ReadStatementFile {
  format: StatementFormat;
  /** The same for the same file that is read in the same way. */
  digest: string;
  statements: StatementHead[];
  /** Each with the id under which it is one line in whichever file it stands. */
  lines: (LineOfAccount & { eventId: string })[];
  warnings: StatementWarning[];
}

/** Bank statements as the app handles them. It reads files with packages/statements. */
export interface Statements {
  /** Whether an import confirms the lines that name one open invoice and exactly what is due. */
  readonly confirmsExact: boolean;
  /** Reads a file; CSV needs a mapping. */
  read(
    bytes: Uint8Array,
    mapping: CsvMapping | undefined,
  ): Promise<ReadStatementFile | { fault: { lineNumber: number; message: string } }>;
}

/** The file of the catalogue as the app handles it. It reads and writes files with packages/catalogue. */
export interface CatalogueFiles {
  /** Reads a file in YAML or JSON, or answers everything that is wrong with it; lines count from 1. */
  read(text: string): { catalogue: Catalogue } | { faults: { line: number; at: string; message: string }[] };
  /** Writes a catalogue in YAML. */
  write(catalogue: Catalogue): string;
}
