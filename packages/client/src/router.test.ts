import type { AdminRouter as AdminAppRouter } from '@tenantry/admin/router';
import type { AppRouter as ApiRouter } from '@tenantry/api/router';
import type { AnyTRPCRouter, inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { describe, expectTypeOf, it } from 'vitest';
import type { AdminRouter } from './admin-router.ts';
import type { Problem } from './problem.ts';
import type { AppRouter } from './router.ts';

/** Inputs that may be left out are `void` to a client and `undefined` to an app. */
type Inputs<Router extends AnyTRPCRouter> = {
  [Noun in keyof inferRouterInputs<Router>]: {
    [Verb in keyof inferRouterInputs<Router>[Noun]]: Exclude<inferRouterInputs<Router>[Noun][Verb], void>;
  };
};
type Outputs<Router extends AnyTRPCRouter> = inferRouterOutputs<Router>;
type ErrorData<Router extends AnyTRPCRouter> = Router['_def']['_config']['$types']['errorShape']['data'];

describe('the generated types', () => {
  it('are those of the API’s router', () => {
    expectTypeOf<keyof Outputs<AppRouter>>().toEqualTypeOf<keyof Outputs<ApiRouter>>();
    expectTypeOf<Outputs<AppRouter>>().toExtend<Outputs<ApiRouter>>();
    expectTypeOf<Outputs<ApiRouter>>().toExtend<Outputs<AppRouter>>();
    expectTypeOf<Inputs<AppRouter>>().toExtend<Inputs<ApiRouter>>();
    expectTypeOf<Inputs<ApiRouter>>().toExtend<Inputs<AppRouter>>();
  });

  it('are those of the admin app’s router', () => {
    expectTypeOf<keyof Outputs<AdminRouter>>().toEqualTypeOf<keyof Outputs<AdminAppRouter>>();
    expectTypeOf<Outputs<AdminRouter>>().toExtend<Outputs<AdminAppRouter>>();
    expectTypeOf<Outputs<AdminAppRouter>>().toExtend<Outputs<AdminRouter>>();
    expectTypeOf<Inputs<AdminRouter>>().toExtend<Inputs<AdminAppRouter>>();
    expectTypeOf<Inputs<AdminAppRouter>>().toExtend<Inputs<AdminRouter>>();
  });

  it('of a problem are those that both apps answer', () => {
    expectTypeOf<Problem>().toEqualTypeOf<ErrorData<ApiRouter>>();
    expectTypeOf<Problem>().toEqualTypeOf<ErrorData<AdminAppRouter>>();
  });
});
