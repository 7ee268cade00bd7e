/** Arguments of the tenant filter, set once for each transaction. */
interface TenantArguments {
  account?: unknown;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Throws unless the value is an account id; a filter with anything else could match other tenants' rows. */
export function requireAccountId(value: unknown): string {
  if (typeof value === 'string' && uuidPattern.test(value)) return value;
  throw new Error('a tenant-scoped query needs an account');
}

/** The ORM's filter: on by default on every tenant entity, and it throws without an account. */
export function tenantFilter(property = 'accountId') {
  return {
    tenant: {
      name: 'tenant',
      default: true,
      args: true,
      strict: true,
      cond: (args: TenantArguments) => ({ [property]: requireAccountId(args.account) }),
    },
  };
}
