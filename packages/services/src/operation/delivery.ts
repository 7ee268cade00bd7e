import { priceOfRun } from '@tenantry/domain/credit/price';
import type { ExternalContext } from '../context.ts';
import type { Started, Usage } from './bill.ts';
import { type Delivered, type Ending, type LastEvent, settleStream } from './settle-stream.ts';

/** By how much the deadline of a delivery is later than that of the provider's call, which ends by itself. */
const deliverySeconds = 1;

/** The output of a run on its way to a reader. */
export interface Delivery {
  /** Counts a piece that is handed to the transport now. */
  add(text: string): void;
  /** Whether the run is settled, so that nothing more may be delivered. */
  isSettled(): boolean;
  /** Whether the provider has certainly sent more than it was asked for. */
  isOverrun(): boolean;
  /** Settles the run once, and answers its last event. Where it is settled already, answers that. */
  settle(ending: Ending): Promise<LastEvent>;
}

/**
 * Opens the delivery of a run. It settles by itself at what was delivered when the call is ended, or at the deadline: a
 * reader who takes nothing more holds the generator of events, and must not hold the settlement.
 */
export function openDelivery(context: ExternalContext<'provider' | 'failpoint'>, started: Started): Delivery {
  const { provider, signal, failpoint } = context;
  const { inputTokens } = started;
  let [output, pieces] = ['', 0];
  let settlement: Promise<LastEvent> | undefined;
  const usage = (): Usage => ({
    inputTokens,
    outputTokens: provider.estimateTokens(output),
    source: 'estimated',
  });
  const settleAt = async (ending: Ending, delivered: Delivered) => {
    await failpoint('stream_ended');
    return settleStream(context, started, ending, delivered);
  };
  const settle = (ending: Ending): Promise<LastEvent> => {
    clearTimeout(deadline);
    signal.removeEventListener('abort', leave);
    settlement ??= settleAt(ending, { output, usage: usage() });
    return settlement;
  };
  // The generator answers with what the settlement fails with, when it goes on.
  const settleNow = (ending: Ending) => void settle(ending).catch(() => undefined);
  const leave = () => settleNow({ kind: 'left' });
  const deadlineMilliseconds = (provider.deadlineSeconds + deliverySeconds) * 1000;
  const deadline = setTimeout(() => settleNow({ kind: 'late' }), deadlineMilliseconds);
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  return {
    add(text) {
      output += text;
      pieces += 1;
    },
    isSettled: () => settlement !== undefined,
    isOverrun: () => isOverrun(started, { pieces, characters: output.length }),
    settle,
  };
}

/** No provider sends less than a token at a time, and no text has more than eight characters a token on average. */
function isOverrun(
  { price, amount, inputTokens, outputTokensMax }: Started,
  { pieces, characters }: { pieces: number; characters: number },
): boolean {
  const outputTokens = Math.max(pieces, Math.floor(characters / 8));
  return pieces > outputTokensMax || priceOfRun(price, { inputTokens, outputTokens }) > amount;
}
