import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { Problem } from './problem.ts';

/** What every router of Tenantry has in common, as a client sees it. */
export interface Root {
  ctx: object;
  meta: object;
  errorShape: { code: number; message: string; data: Problem };
  transformer: false;
}

/** A procedure that reads. */
export type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>;

/** A procedure that changes something. */
export type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>;
