import { queryClient } from '../../api.ts';

/** Asks again for what is shown: money that is booked changes accounts, invoices, queues and figures. */
export const refreshMoney = async (): Promise<void> => queryClient.invalidateQueries();
