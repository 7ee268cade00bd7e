import { defineEntity, p } from '@mikro-orm/core';

const OwnFeatureSchema = defineEntity({
  name: 'OwnFeature',
  tableName: 'own_feature',
  properties: { name: p.text().primary(), description: p.text() },
});
/** A feature that the product declares for itself; reference data without an account. */
export class OwnFeature extends OwnFeatureSchema.class {}
OwnFeatureSchema.setClass(OwnFeature);

const OwnLimitSchema = defineEntity({
  name: 'OwnLimit',
  tableName: 'own_limit',
  properties: { name: p.text().primary(), description: p.text() },
});
/** A limit that the product declares for itself; reference data without an account. */
export class OwnLimit extends OwnLimitSchema.class {}
OwnLimitSchema.setClass(OwnLimit);

const CreditPackageSchema = defineEntity({
  name: 'CreditPackage',
  tableName: 'credit_package',
  properties: {
    id: p.uuid().primary(),
    slug: p.text(),
    packageVersion: p.integer(),
    name: p.text(),
    credits: p.bigint('number'),
    priceAmount: p.bigint('number'),
    currency: p.text(),
    validDays: p.integer().nullable(),
    withdrawn: p.boolean(),
  },
});
/** One version of credits that are sold in one piece; reference data without an account. */
export class CreditPackage extends CreditPackageSchema.class {}
CreditPackageSchema.setClass(CreditPackage);

const IssuerSchema = defineEntity({
  name: 'Issuer',
  tableName: 'issuer',
  properties: {
    id: p.uuid().primary(),
    issuerVersion: p.integer(),
    name: p.text(),
    address: p.array(),
    taxId: p.text().nullable(),
    email: p.text().nullable(),
    taxRateBasisPoints: p.integer().nullable(),
    invoicePrefix: p.text(),
  },
});
/** One version of who writes invoices; reference data without an account. */
export class Issuer extends IssuerSchema.class {}
IssuerSchema.setClass(Issuer);

const PayeeSchema = defineEntity({
  name: 'Payee',
  tableName: 'payee',
  properties: {
    issuerId: p.uuid().primary(),
    currency: p.text().primary(),
    name: p.text(),
    bank: p.text(),
    iban: p.text().nullable(),
    bic: p.text().nullable(),
    account: p.array(),
  },
});
/** Where money of one currency is sent for one version of the issuer. */
export class Payee extends PayeeSchema.class {}
PayeeSchema.setClass(Payee);
