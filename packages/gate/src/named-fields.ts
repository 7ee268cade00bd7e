import type { Refusal } from '@tenantry/domain/refusals';

/** Input fields besides ids whose value names something that must exist. */
const names: ReadonlySet<string> = new Set(['operation', 'planSlug', 'token']);

/** Whether the value of an input field names something of ours. An `external…Id` is the caller's own word. */
const namesSomething = (field: string): boolean =>
  names.has(field) || (/(?:^id|Id|Ids)$/.test(field) && !field.startsWith('external'));

/**
 * Adds to a `not_found` the fields of the input that name something, since one of them names nothing that the caller may
 * see. It says the same whether that is missing, deleted or another's: it depends on which fields were sent and not on
 * their values. Any other refusal, and one that names its fields itself, stays as it is.
 */
export function withNamedFields(refusal: Refusal, input: unknown): Refusal {
  const { refused, facts } = refusal;
  if (refused !== 'not_found' || facts.errors !== undefined) return refusal;
  const fields = typeof input === 'object' && input !== null ? Object.keys(input).filter(namesSomething) : [];
  if (fields.length === 0) return refusal;
  const message =
    fields.length === 1
      ? 'names nothing that you may see'
      : 'names nothing that you may see, or another field of this list does';
  return { refused, facts: { ...facts, errors: fields.toSorted().map((path) => ({ path, message })) } };
}
