import type { MutationOptions } from '@tanstack/react-query';
import { MutationObserver } from '@tanstack/react-query';
import { queryClient } from './api.ts';

/** Sends a change once, and says that what is shown may be out of date. Rejects with the problem of a refusal. */
export async function send<Data, Fault, Input>(
  options: MutationOptions<Data, Fault, Input>,
  input: Input,
): Promise<Data> {
  const data = await new MutationObserver(queryClient, options).mutate(input);
  await queryClient.invalidateQueries();
  return data;
}

/** The options of a change that carry the key of its dialog. */
export const once = (idempotencyKey: string) => ({ trpc: { context: { idempotencyKey } } });
