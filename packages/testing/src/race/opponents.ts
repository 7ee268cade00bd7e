import { idNames, type IdName, type World } from '../fixture.ts';
import { type ProcedureCall, procedures } from '../procedures.ts';

/** A call that is raced, by its app, its name and its input, and by whom; without a name by the owner, or by staff. */
export type RacedCall = Pick<ProcedureCall, 'name' | 'input'> & {
  app: 'api' | 'admin';
  by?: 'owner' | 'service key';
};

/** What ends, removes or stops the object of an id. */
const endings: Readonly<Record<IdName, readonly string[]>> = {
  siteId: ['api site.delete', 'api site.archive'],
  sectorId: ['api sector.delete'],
  keyId: ['api apiKey.revoke', 'api apiKey.rotate'],
  holdId: ['api credit.release'],
  invoiceId: [],
  creditNoteId: [],
  paymentId: ['admin payment.reject'],
  userId: ['api member.delete'],
  invitationId: ['api invitation.delete'],
  entryId: ['admin credit.reverse'],
  endpointId: ['api webhookEndpoint.delete'],
  deliveryId: ['api webhookEndpoint.redeliver'],
};

/** What a call is raced with: itself, what ends each object that it names, and what stops its account. */
export function opponentsOf(
  call: RacedCall,
  world: World,
  inputOf: (app: 'api' | 'admin', name: string) => Record<string, unknown>,
): RacedCall[] {
  const text = JSON.stringify(call.input ?? {});
  const named = idNames.filter((name) => text.includes(world.ids[name]));
  const ends = named.flatMap((name) => endings[name]);
  const others = (ends.length === 0 ? ['admin account.suspend'] : ends).flatMap((one): RacedCall[] => {
    const [app, name] = one.split(' ');
    if ((app !== 'api' && app !== 'admin') || name === undefined) throw new Error(`${one} is no procedure`);
    if (app === call.app && name === call.name) return [];
    if (!procedures[app].has(name)) throw new Error(`${one} does not exist`);
    return [{ app, name, input: inputOf(app, name) }];
  });
  return [call, ...others];
}
