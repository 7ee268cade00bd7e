import type { RefusalCode } from '@tenantry/domain/refusals';
import type { LedgerService } from '@tenantry/ledger/service';
import type { GateApp } from '../request-context.ts';
import { type AccountService, runInAccount } from './account.ts';
import { type ExternalService, type LedgerApp, runExternal, runInLedger } from './external.ts';
import { type PassedCall, workOf } from './handler.ts';
import { type ReadFirstService, runReadFirst } from './read-first.ts';
import { type StreamService, runStream } from './stream.ts';

/**
 * Makes the handler of a procedure from its service. The terms say how the work runs, and the compiler holds the
 * service to them: its context, its input, its answer, and the codes that it refuses with.
 */
export interface Run<App extends GateApp> {
  <Input, Output, Code extends RefusalCode>(
    service: LedgerService<Input, Output, Code>,
  ): ReturnType<typeof runInLedger<App & LedgerApp, Input, Output, Code>>;
  <Input, Event extends { event: string }, Refused>(
    service: StreamService<App & LedgerApp, Input, Event, Refused>,
  ): ReturnType<typeof runStream<App & LedgerApp, Input, Event, Refused>>;
  <Input, Found, Output>(
    service: ReadFirstService<App, Input, Found, Output>,
  ): ReturnType<typeof runReadFirst<App, Input, Found, Output>>;
  <Input, Output>(
    service: AccountService<App, Input, Output>,
  ): ReturnType<typeof runInAccount<App, Input, Output>>;
  <Input, Output>(
    service: ExternalService<App & LedgerApp, Input, Output>,
  ): ReturnType<typeof runExternal<App & LedgerApp, Input, Output>>;
}

type AnyHandler = (options: never) => Promise<unknown>;

/** The `run` of an app. */
export function createRun<App extends GateApp>(): Run<App> {
  const run = (service: object): AnyHandler => {
    if ('decide' in service) return handler(runInLedger, service);
    if ('finish' in service) return handler(runReadFirst, service);
    if ('open' in service) return handler(runStream, service);
    const [inAccount, external] = [handler(runInAccount, service), handler(runExternal, service)];
    return (options: { ctx: PassedCall }) =>
      workOf(options.ctx) === 'external' ? external(asNever(options)) : inAccount(asNever(options));
  };
  return run as unknown as Run<App>;
}

// The overloads of `Run` have paired each service with the function that runs it.
function handler(make: (service: never) => unknown, service: object): AnyHandler {
  return make(service as never) as AnyHandler;
}

function asNever(options: object): never {
  return options as never;
}
