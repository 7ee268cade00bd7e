import { type SitedAnswer, type StoredAnswer, mayBeReplayed } from '@tenantry/db/idempotency/call';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { PassedCall } from './handler.ts';

/**
 * An answer as it is stored: the terms' secret fields are null, and it is tied to the sites that a caller must see to be
 * given it. These are the site that the answer or the input names, or else the sites that the first caller is limited to.
 */
export function sitedAnswer(
  { callInfo, terms }: Pick<PassedCall, 'callInfo' | 'terms'>,
  input: unknown,
  answer: unknown,
): SitedAnswer {
  const siteId = fieldOf(answer, 'siteId') ?? fieldOf(input, 'siteId');
  const sites = typeof siteId === 'string' ? [siteId] : (callInfo.sites ?? null);
  return { body: storedText(answer, terms.secrets ?? []), sites };
}

/**
 * Why a stored answer is not given to a caller: they may not see the site that it is about. It is the code that the call
 * itself is refused with: `site_forbidden` where no site was named, `not_found` otherwise.
 */
export function refusalIfHidden(
  { callInfo, terms }: Pick<PassedCall, 'callInfo' | 'terms'>,
  stored: StoredAnswer,
): Refusal<'not_found' | 'site_forbidden'> | undefined {
  if (mayBeReplayed(stored, callInfo.sites)) return undefined;
  const asksForSite = stored.sites === null && terms.refusals?.includes('site_forbidden') === true;
  return refuse(asksForSite ? 'site_forbidden' : 'not_found');
}

/** An answer as text, with null in the fields of these paths. A path is the names from the answer to the field, with dots. */
export function storedText(answer: unknown, secrets: readonly string[]): string {
  return JSON.stringify(secrets.map((path) => path.split('.')).reduce(withoutField, answer));
}

function withoutField(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return null;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: withoutField(Reflect.get(value, name), rest) };
}

/** A field of an object, or undefined. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
