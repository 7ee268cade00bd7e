import { type LookupAddress, lookup as lookupAll } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isAllowedAddress } from './address.ts';

/** Answers every address of a host, as `dns.lookup` does with `all`. */
export type Resolve = (
  hostname: string,
  answer: (fault: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Asks the resolver of the system. */
export const resolveBySystem: Resolve = (hostname, answer) => lookupAll(hostname, { all: true }, answer);

/** A host has an address that no webhook may be sent to. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * The lookup of a connection. It hands on addresses only after it has checked all of them, so that the connection is made to
 * an address that was checked: a name that resolves to another one the next time changes nothing.
 */
export function guardedLookup(resolve: Resolve, allowsLoopback: boolean): LookupFunction {
  return (hostname, options, answer) => {
    resolve(hostname, (fault, addresses) => {
      const [first] = addresses ?? [];
      if (fault !== null || first === undefined) {
        answer(fault ?? Object.assign(new Error('the host has no address'), { code: 'ENODATA' }), '', 0);
        return;
      }
      if (!addresses.every(({ address }) => isAllowedAddress(address, allowsLoopback))) {
        answer(new RefusedAddress('the host has an address that is not public'), '', 0);
        return;
      }
      if (options.all === true) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  };
}
