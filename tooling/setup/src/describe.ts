/** What the seed prints: who may sign in, and the key. */
export interface Demo {
  login: { email: string; password: string };
  staff: { email: string; password: string; role: string }[];
  apiKey: string;
}

/** What a person needs to begin: where it listens, who may sign in, and one call that works. */
export function describe(api: string, admin: string, demo: Demo, standIn: boolean): string {
  const finance = demo.staff.find(({ role }) => role === 'finance');
  return `
Tenantry is ready.

  API         ${api}/v1
  Reference   ${api}/reference
  Admin app   ${admin}/v1

  Login       ${demo.login.email}  ${demo.login.password}
  Staff       ${finance?.email}  ${finance?.password}   (support@ and admin@ have the same password)
  API key     ${demo.apiKey}
${standIn ? '\n  No AI_BASE_URL is set, so a small local stand-in answers for the model.\n' : ''}
Run an AI operation:

  curl -s ${api}/v1/operations/write_content/runs -H 'Authorization: Bearer ${demo.apiKey}' -H 'Content-Type: application/json' -d '{"prompt":"Write one sentence about tea."}'

Ctrl-C stops everything; the data stay in the data folder.
`;
}
