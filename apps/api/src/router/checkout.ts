import { checkout, createCheckoutInput } from '@tenantry/contract/checkout';
import { createCheckout } from '@tenantry/services/checkout/create';
import { router, run, tenant } from '../procedures.ts';
import { paymentWrites } from './payment.ts';

export const checkoutRouter = router({
  create: tenant(
    { ...paymentWrites, refusals: ['provider_disabled'] },
    {
      method: 'POST',
      path: '/checkouts',
      status: 201,
      tags: ['payment'],
      summary: 'Begin a payment by Stripe or PayPal, which are coming soon',
      description:
        'Always refused with `provider_disabled` today. `GET /v1/payment-methods` lists what is offered.',
    },
  )
    .input(createCheckoutInput)
    .output(checkout)
    .mutation(run(createCheckout)),
});
