import { text } from '@tenantry/rest/schemas';

/** Why staff do something; it stays on record. */
export const reason = text(500).refine((given) => given.trim() !== '', 'is blank');
