export { runTenantry } from '@tenantry/testing/tenantry';
