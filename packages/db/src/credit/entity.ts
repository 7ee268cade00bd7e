import { defineEntity, p } from '@mikro-orm/core';
import type { Book, EntryFacts, GrantKind, HoldStatus } from '@tenantry/domain/credit/books';
import type { EntryKind } from '@tenantry/domain/credit/ledger';
import { tenantFilter } from '../tenancy.ts';

const HoldSchema = defineEntity({
  name: 'CreditHold',
  tableName: 'credit_hold',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    amount: p.bigint('number'),
    status: p.text().$type<HoldStatus>(),
    settledAmount: p.bigint('number').nullable(),
    isEstimated: p.boolean().name('estimated'),
    operation: p.text().nullable(),
    siteId: p.uuid().nullable(),
    keyId: p.uuid().nullable(),
    metadata: p.json<Record<string, string>>(),
    expiresAt: p.datetime(),
    createdAt: p.datetime(),
    resolvedAt: p.datetime().nullable(),
  },
});
/** Credits reserved before work. Written by the statements of this folder alone. */
export class CreditHold extends HoldSchema.class {}
HoldSchema.setClass(CreditHold);

const GrantSchema = defineEntity({
  name: 'CreditGrant',
  tableName: 'credit_grant',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    kind: p.text().$type<GrantKind>(),
    amount: p.bigint('number'),
    available: p.bigint('number'),
    held: p.bigint('number'),
    expiresAt: p.datetime().nullable(),
    reference: p.text(),
    createdAt: p.datetime(),
  },
});
/** Credits given once, with what is left of them. Written by the statements of this folder alone. */
export class CreditGrant extends GrantSchema.class {}
GrantSchema.setClass(CreditGrant);

const LimitSchema = defineEntity({
  name: 'CreditLimit',
  tableName: 'credit_limit',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    siteId: p.uuid().nullable(),
    keyId: p.uuid().nullable(),
    creditsPerDayMax: p.bigint('number').nullable(),
    day: p.date(),
    used: p.bigint('number'),
  },
});
/**
 * What a site or a group of keys has spent of a day, and may spend if it has a limit. `keyId` is the first key of its
 * group. Written by the ledger alone.
 */
export class CreditLimit extends LimitSchema.class {}
LimitSchema.setClass(CreditLimit);

const EntrySchema = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entry',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    sequence: p.bigint('number'),
    at: p.datetime(),
    kind: p.text().$type<EntryKind>(),
    fromBook: p.text().$type<Book>(),
    toBook: p.text().$type<Book>(),
    amount: p.bigint('number'),
    availableAfter: p.bigint('number'),
    holdId: p.uuid().nullable(),
    grantId: p.uuid().nullable(),
    operation: p.text().nullable(),
    siteId: p.uuid().nullable(),
    actor: p.text(),
    requestId: p.text(),
    facts: p.json<EntryFacts>(),
    // The database draws these two from the facts, which the hash covers.
    reversesId: p.uuid().nullable(),
    reference: p.text().nullable(),
    hash: p.text(),
  },
});
/** One movement between two books of an account; append-only. */
export class LedgerEntry extends EntrySchema.class {}
EntrySchema.setClass(LedgerEntry);
