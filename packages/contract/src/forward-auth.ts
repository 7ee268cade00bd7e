import { roles, scopes } from '@tenantry/domain/permissions';
import { throttleScopes } from '@tenantry/domain/plans';
import { z } from 'zod';

/**
 * What a proxy asks of a request before it lets the request through, as the query of `/forward-auth`. The configuration of
 * the proxy says it, not the request.
 */
export const forwardAuthTerms = z.strictObject({
  scope: z.enum(scopes).optional().describe('What the role of a person must include, and a key must hold.'),
  role: z.enum(roles).optional().describe('The least role of a person.'),
  feature: z.string().min(1).max(100).optional().describe('A feature that the plan must include.'),
  throttle: z
    .enum(throttleScopes)
    .default('default')
    .describe('The rate of the plan that counts the request.'),
  cost: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a whole number from 1 to 9999')
    .transform(Number)
    .optional()
    .describe('How many points of the rate the request takes; 1 if it is missing.'),
  reach: z
    .enum(['sites', 'account'])
    .optional()
    .describe('`account` refuses a caller who is limited to certain sites.'),
  deny: z
    .literal('403')
    .optional()
    .describe('The status of every refusal but 401, for a proxy that passes on these two alone.'),
});
