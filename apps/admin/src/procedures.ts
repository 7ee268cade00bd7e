import { publicAudience } from '@tenantry/gate/audience/public';
import { staffAudience } from '@tenantry/gate/audience/staff';
import { createProcedures } from '@tenantry/gate/procedures';
import type { RestRoute } from '@tenantry/rest/meta';
import type { App } from './app.ts';

const { router, audienceProcedure, run, runWithoutAccount, runForPerson } = createProcedures<
  App,
  RestRoute
>();

/** A procedure of staff. */
const staff = audienceProcedure(staffAudience);
/** A procedure that needs no credential. */
const open = audienceProcedure(publicAudience);

export { open, router, run, runForPerson, runWithoutAccount, staff };
