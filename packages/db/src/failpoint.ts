/** Places where a fault test may end a process, fail it, or hold it up; each is named after what has just happened there. */
export const failpoints = [
  'ledger_locked',
  'hold_written',
  'hold_committed',
  'settle_written',
  'settle_committed',
  'release_written',
  'release_committed',
  'run_begun',
  'run_answered',
  'stream_begun',
  'stream_delta',
  'stream_ended',
  'expiry_written',
  'expiry_committed',
  'step_performed',
  'step_recorded',
  'steps_written',
  'steps_committed',
  'statement_written',
  'statement_committed',
  'line_written',
  'line_committed',
  'outbox_routed',
  'outbox_route_committed',
  'outbox_claimed',
  'outbox_sent',
  'outbox_record_written',
  'outbox_recorded',
  'mail_claimed',
  'mail_counted',
  'mail_sent',
  'mail_recorded',
  'transact_written',
  'transact_committed',
  'catalogue_locked',
  'catalogue_part',
  'catalogue_moved',
  'catalogue_recorded',
  'catalogue_committed',
] as const;
export type FailpointName = (typeof failpoints)[number];

/** Told by the code that it passes a point. Outside of fault tests it does nothing. */
export type Failpoint = (name: FailpointName) => void | Promise<void>;

export const noFailpoint: Failpoint = () => undefined;

/** What a fault test wants: at the `nth` time that a point is passed, once. */
export interface FailpointPlan {
  name: string;
  nth: number;
  action: 'kill' | 'throw' | 'sleep';
}

const sleepMilliseconds = 1000;

/**
 * Makes the failpoint of a fault test: `kill` ends this process as a crash would, `throw` fails what passes, `sleep` holds
 * it up for a second. Throws on a name that no point has.
 */
export function openFailpoint(plan: FailpointPlan | undefined): Failpoint {
  if (plan === undefined) return noFailpoint;
  if (!failpoints.some((name) => name === plan.name))
    throw new Error(`FAILPOINT names no point: ${plan.name}; there are ${failpoints.join(', ')}`);
  let passed = 0;
  return (name) => {
    if (name !== plan.name) return undefined;
    passed += 1;
    return passed === plan.nth ? act(plan) : undefined;
  };
}

function act({ name, action }: FailpointPlan): void | Promise<void> {
  if (action === 'throw') throw new Error(`the failpoint ${name} was passed`);
  if (action === 'sleep') return new Promise((resolve) => setTimeout(resolve, sleepMilliseconds));
  process.kill(process.pid, 'SIGKILL');
  return undefined;
}
