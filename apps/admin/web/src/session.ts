import type { StaffPower } from '@tenantry/domain/permissions';
import { useSuspenseQuery } from '@tanstack/react-query';
import { api } from './api.ts';

/** Who is signed in. It is known on every page but the sign-in page. */
export function useSession() {
  return useSuspenseQuery({ ...api.session.get.queryOptions({}), staleTime: 60_000 }).data;
}

/** Whether the signed-in person has a power. The server decides all the same; this one decides what is shown. */
export function usePower(power: StaffPower): boolean {
  return useSession().powers.includes(power);
}
