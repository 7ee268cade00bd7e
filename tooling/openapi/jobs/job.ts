/** What a job saw at its end, from the types that its client was made with. */
interface Seen {
  settled: { settledAmount?: number | null; status: string };
  run: { output: string; credits: { charged: number } };
  credits: { granted: number; available: number; held: number; spent: number };
  refused: { code: string; required?: number; requestId: string };
  requestId: string | null;
}

/** Where a job calls and as whom, and how it tells that it has succeeded. */
export function job() {
  const [baseUrl = '', email = ''] = process.argv.slice(2);
  return {
    baseUrl,
    email,
    password: 'correct horse battery',
    hasSucceeded: ({ settled, run, credits, refused, requestId }: Seen): void => {
      const { granted, available, held, spent } = credits;
      const seen = {
        settled: [settled.status, settled.settledAmount],
        isAboutTea: run.output.includes('tea'),
        isWhole: available + held + spent === granted,
        spentBesidesRun: spent - run.credits.charged,
        refused: [refused.code, refused.required],
        hasRequestId: refused.requestId === requestId,
      };
      console.log(JSON.stringify(seen));
    },
  };
}

/** The data of an answer. Throws the code of a refusal. */
export function must<Data>(answer: { data?: Data; error?: { code: string } }): Data {
  if (answer.data === undefined) throw new Error(answer.error?.code ?? 'no data');
  return answer.data;
}
