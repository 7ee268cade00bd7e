import { credentialAudience } from '@tenantry/gate/audience/credential';
import { personAudience } from '@tenantry/gate/audience/person';
import { publicAudience } from '@tenantry/gate/audience/public';
import { refreshTokenAudience } from '@tenantry/gate/audience/refresh-token';
import { personOrServiceAudience, serviceAudience } from '@tenantry/gate/audience/service';
import { tenantAudience } from '@tenantry/gate/audience/tenant';
import type { TenantActor } from '@tenantry/gate/authenticate/tenant';
import { createProcedures } from '@tenantry/gate/procedures';
import type { ResolvedAccount } from '@tenantry/gate/resolve-account/tenant';
import type { TenantTerms } from '@tenantry/gate/terms';
import type { RestRoute } from '@tenantry/rest/meta';
import type { App } from './app.ts';

const { router, audienceProcedure, run, runWithoutAccount, runForPerson, runForMember } = createProcedures<
  App,
  RestRoute
>();

/** A procedure made for an account, by a member or an API key. */
const tenant = audienceProcedure<TenantTerms, TenantActor, ResolvedAccount>(tenantAudience);
/** A procedure of a person who acts for themselves. */
const person = audienceProcedure(personAudience);
/** A procedure of a person who acts for themselves, or of a service key. */
const personOrService = audienceProcedure(personOrServiceAudience);
/** A procedure of whoever holds a credential. */
const anyCredential = audienceProcedure(credentialAudience);
/** A procedure of the operator's own backend that names no account. */
const service = audienceProcedure(serviceAudience);
/** A procedure that needs no credential. */
const open = audienceProcedure(publicAudience);
/** A procedure whose input holds the refresh token of a session. */
const ofRefreshToken = audienceProcedure(refreshTokenAudience);

export {
  anyCredential,
  ofRefreshToken,
  open,
  person,
  personOrService,
  router,
  run,
  runForMember,
  runForPerson,
  runWithoutAccount,
  service,
  tenant,
};
