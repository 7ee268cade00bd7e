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
