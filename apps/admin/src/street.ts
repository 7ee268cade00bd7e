import type { Incoming } from '@tenantry/gate/incoming';
import { readIncoming } from '@tenantry/rest/incoming';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from './house.ts';

/** What stands before the staff's gate. */
export interface Street {
  house: House;
  incoming: Incoming;
  now: Date;
  setHeader(name: string, value: string): void;
}

/** Staff have no cookie yet, so a tenant's cookie must not even be looked for. */
const noCookie = 'tenantry-staff';

/** Puts a request before the gate. */
export function makeStreet(house: House, request: FastifyRequest, reply: FastifyReply, calls = 1): Street {
  return {
    house,
    incoming: readIncoming(request, noCookie, calls),
    now: house.clock(),
    setHeader: (name, value) => {
      reply.header(name, value);
    },
  };
}
