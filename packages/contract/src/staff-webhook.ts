import { reason } from './fields.ts';
import { sample } from './named.ts';
import { staffAccountInput } from './staff-account.ts';
import {
  listWebhookAttemptsInput,
  listWebhookDeliveriesInput,
  webhookDeliveryInput,
} from './webhook-endpoint.ts';

export const staffDeliveriesInput = listWebhookDeliveriesInput.extend(staffAccountInput.shape);

export const staffAttemptsInput = listWebhookAttemptsInput.extend(staffAccountInput.shape);

export const redeliverForStaffInput = webhookDeliveryInput
  .extend({ ...staffAccountInput.shape, reason })
  .meta({
    examples: [
      {
        accountId: sample.accountId,
        endpointId: sample.endpointId,
        deliveryId: sample.deliveryId,
        reason: 'Their server is up again.',
      },
    ],
  });
