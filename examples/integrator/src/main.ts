import { TenantryRefusal, runOperation } from './tenantry.ts';

const [url = 'http://127.0.0.1:4000', apiKey = '', prompt = 'Write one sentence about tea.'] =
  process.argv.slice(2);
try {
  const { output, credits } = await runOperation({ url, apiKey }, 'write_content', prompt);
  console.log(output);
  console.log(`${credits.charged} credits charged, ${credits.available} left.`);
} catch (fault) {
  if (!(fault instanceof TenantryRefusal)) throw fault;
  console.log(
    fault.code === 'insufficient_credits'
      ? 'The account has too few credits. Buy credits and try again.'
      : `The call was refused: ${fault.code}.`,
  );
  process.exitCode = 2;
}
