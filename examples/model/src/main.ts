import { SettleError, createTenantryClient, problemOf, withCredits } from '@tenantry/client';
import { askModel, outputTokensMax, tokensAtMost } from './model.ts';

const [
  url = 'http://127.0.0.1:4000',
  credential = '',
  modelUrl = '',
  prompt = 'Write one sentence about tea.',
] = process.argv.slice(2);
const tenantry = createTenantryClient({ url, credential });
try {
  const units = tokensAtMost(prompt) + outputTokensMax;
  const { value, hold } = await withCredits(
    tenantry,
    { operation: 'write_content', units },
    async (_hold, signal) => {
      const { text, tokens } = await askModel(modelUrl, prompt, signal);
      return { value: text, units: tokens };
    },
  );
  console.log(value);
  console.log(`${hold.settledAmount} of ${hold.amount} held credits charged (${hold.status}).`);
} catch (fault) {
  process.exitCode = 2;
  const refused = problemOf(fault)?.code === 'insufficient_credits';
  if (refused) console.log('The account has too few credits. Buy credits and try again.');
  else if (fault instanceof SettleError)
    console.log(`${fault.message} ${fault.isRetryable ? 'Settle it later.' : (fault.problem?.detail ?? '')}`);
  else console.log(`Nothing was charged. ${fault instanceof Error ? fault.message : 'Unknown error.'}`);
}
