import type { Actor } from '@tenantry/domain/actor';
import type { Refusal, RefusalCode } from '@tenantry/domain/refusals';
import { initTRPC } from '@trpc/server';
import type { Audience } from './audience/audience.ts';
import { withNamedFields } from './named-fields.ts';
import { passGate, refusalOf } from './pass.ts';
import { problemOf, refusalError, toPublicError } from './public-error.ts';
import type { Calling, GateApp, RequestContext } from './request-context.ts';
import type { Declaration, ProcedureTerms } from './terms.ts';
import { type Bucket, lockHeaders } from './throttle.ts';
import {
  type DirectoryService,
  type PersonService,
  runForPerson,
  runWithoutAccount,
} from './work/directory.ts';
import { type MemberService, runForMember } from './work/member.ts';
import { createRun } from './work/run.ts';

/** The headers that tell of a service's own bound what the gate's headers tell of a rate. */
function headersOfRefusal({ refused, facts: { retryAfterSeconds } }: Refusal): [string, string][] {
  return refused === 'throttled' && retryAfterSeconds !== undefined ? lockHeaders(retryAfterSeconds) : [];
}

/** What a procedure says about itself. The gate, the REST routes, the documents and the tests read the same object. */
export interface ProcedureMeta<Route> {
  readonly terms?: ProcedureTerms;
  readonly rest?: Route;
}

/** The part of the terms that every audience has. */
interface SharedTerms {
  readonly throttle: Bucket['scope'];
  readonly cost?: number;
  readonly refusals?: readonly RefusalCode[];
}

/** The codes that terms declare; none where they declare none. */
export type DeclaredCode<Terms extends SharedTerms> = Terms extends {
  readonly refusals: readonly (infer Code)[];
}
  ? Code
  : never;

const declaration: Declaration<never> = { same: (code) => code };

// The declaration exists for the compiler; at run time it is the identity function for every code.
function declarationOf<Code>(): Declaration<Code> {
  return declaration as unknown as Declaration<Code>;
}

/**
 * The builders of an app's procedures. `Route` is what the app's REST adapter reads of a procedure. The whole gate is
 * one middleware, since tRPC copies the call for each middleware that it runs (docs/adr/0003-one-middleware.md).
 */
export function createProcedures<App extends GateApp, Route extends object>() {
  const t = initTRPC
    .meta<ProcedureMeta<Route>>()
    .context<RequestContext<App>>()
    .create({
      isDev: false,
      errorFormatter: ({ shape, error, ctx }) => {
        const problem = problemOf(error, ctx?.incoming.requestId ?? '');
        return { ...shape, message: problem.detail, data: problem };
      },
    });

  /** Makes the builder of one audience: its procedures cannot be made without terms. */
  function audienceProcedure<Terms extends SharedTerms, Who extends Actor, Resolved extends object>(
    audience: Audience<App, Terms, Who, Resolved>,
  ) {
    return <const Own extends Terms>(terms: Own, rest?: Route) => {
      const meta = {
        terms: termsOf(audience.name, terms),
        ...(rest === undefined ? {} : { rest: routeOf(audience.name, rest) }),
      };
      return t.procedure.meta(meta).use(async ({ ctx, type, path, getRawInput, next }) => {
        const calling: Calling = { type, path, rawInput: getRawInput };
        const { requestId } = ctx.incoming;
        const report = { requestId, path, log: ctx.app.log, setHeader: ctx.setHeader };
        let hasPassed = false;
        try {
          const passed = await passGate(audience, ctx, terms, calling);
          hasPassed = true;
          const result = await next({
            ctx: { ...passed, terms, declared: declarationOf<DeclaredCode<Own>>() },
          });
          if (result.ok) return result;
          const refusal = refusalOf(result.error);
          for (const [name, value] of refusal === undefined ? [] : headersOfRefusal(refusal))
            ctx.setHeader(name, value);
          if (refusal !== undefined)
            await audience.recordRefusal?.(ctx, { actor: passed.actor, terms, calling, refusal });
          throw result.error;
        } catch (fault) {
          // Before the gate has let the call pass, its input is not read.
          throw toPublicError(hasPassed ? await namingFields(fault, getRawInput) : fault, report);
        }
      });
    };
  }
  return {
    router: t.router,
    audienceProcedure,
    run: createRun<App>(),
    runWithoutAccount: <Input, Output>(service: DirectoryService<App, Input, Output>) =>
      runWithoutAccount(service),
    runForPerson: <Input, Output>(service: PersonService<App, Input, Output>) => runForPerson(service),
    runForMember: <Input, Output>(service: MemberService<App, Input, Output>) => runForMember(service),
  };
}

/** The error of a call, which names the fields of the input that may be wrong where nothing was found. */
async function namingFields(fault: unknown, readInput: () => Promise<unknown>): Promise<unknown> {
  const refusal = refusalOf(fault);
  return refusal?.refused === 'not_found' ? refusalError(withNamedFields(refusal, await readInput())) : fault;
}

// A route that needs no credential says so in the document.
function routeOf<Route extends object>(audience: ProcedureTerms['audience'], rest: Route): Route {
  return audience === 'public' ? { ...rest, public: true } : rest;
}

// The audience's name decides which of the terms they are; each builder takes the terms of its own audience alone.
function termsOf(audience: ProcedureTerms['audience'], terms: object): ProcedureTerms {
  return { ...terms, audience } as ProcedureTerms;
}
