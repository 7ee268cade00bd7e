import type { AppRouter as ApiRouter } from '@tenantry/api/router';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { expectTypeOf, it } from 'vitest';
import type { AppRouter } from './router.ts';

type Outputs = inferRouterOutputs<AppRouter>;
type ApiOutputs = inferRouterOutputs<ApiRouter>;
/** Inputs that may be left out are `void` to a client and `undefined` to the API. */
type Inputs<Router extends AppRouter | ApiRouter> = {
  [Noun in keyof inferRouterInputs<Router>]: {
    [Verb in keyof inferRouterInputs<Router>[Noun]]: Exclude<inferRouterInputs<Router>[Noun][Verb], void>;
  };
};

it('has the types of the API’s router, generated', () => {
  expectTypeOf<keyof Outputs>().toEqualTypeOf<keyof ApiOutputs>();
  expectTypeOf<Outputs>().toExtend<ApiOutputs>();
  expectTypeOf<ApiOutputs>().toExtend<Outputs>();
  expectTypeOf<Inputs<AppRouter>>().toExtend<Inputs<ApiRouter>>();
  expectTypeOf<Inputs<ApiRouter>>().toExtend<Inputs<AppRouter>>();
});
