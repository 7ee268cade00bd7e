import { accountOrders, soughtStandings } from '@tenantry/domain/account/list';
import { paymentMethods } from '@tenantry/domain/standing';
import * as z from 'zod/mini';

const choice = <Value extends string>(values: readonly Value[]) =>
  z.catch(z.optional(z.enum(values)), undefined);

/** A text. The router reads one of digits alone as a number. */
const someText = (charactersMax: number) =>
  z.catch(
    z.optional(
      z.pipe(
        z.transform((given) => (typeof given === 'number' ? String(given) : given)),
        z.string().check(z.minLength(1), z.maxLength(charactersMax)),
      ),
    ),
    undefined,
  );
const yesOrNo = z.catch(z.optional(z.boolean()), undefined);

/** What the address of the list of accounts holds: the text that is searched for, the filters and the order. */
export const accountsSearch = z.object({
  q: someText(200),
  standing: choice(soughtStandings),
  planSlug: someText(50),
  paymentMethod: choice(paymentMethods),
  sandbox: yesOrNo,
  lowCredit: yesOrNo,
  sort: choice(accountOrders),
});
export type AccountsSearch = z.output<typeof accountsSearch>;
