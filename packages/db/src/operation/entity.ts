import { defineEntity, p } from '@mikro-orm/core';
import type { OperationKind } from '@tenantry/domain/credit/price';

const OperationSchema = defineEntity({
  name: 'Operation',
  tableName: 'operation',
  properties: {
    name: p.text().primary(),
    kind: p.text().$type<OperationKind>(),
    unit: p.text(),
    unitSize: p.integer(),
    creditsPerUnit: p.integer(),
    creditsMin: p.integer(),
    outputTokensDefault: p.integer(),
  },
});
/** A priced operation; reference data without an account. */
export class Operation extends OperationSchema.class {}
OperationSchema.setClass(Operation);
