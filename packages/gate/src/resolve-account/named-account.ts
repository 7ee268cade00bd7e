import { type Refusal, refuse } from '@tenantry/domain/refusals';

/** The form of an account's id, in either case. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Refuses a header that does not have the form of what it names. */
export function refusedHeader(path: string, message: string): Refusal<'invalid_input'> {
  return refuse('invalid_input', { errors: [{ path, message }] });
}

/** Refuses a header whose account the caller may not see, or which does not exist. */
export function refusedId(path: string, message: string): Refusal<'not_found'> {
  return refuse('not_found', { errors: [{ path, message }] });
}
