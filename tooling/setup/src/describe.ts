/** The output of `tenantry seed`: the demo logins and an API key. */
export interface Demo {
  login: { email: string; password: string };
  staff: { email: string; password: string; role: string }[];
  apiKey: string;
  /** An operation that the key can run; undefined where none is sold. */
  operation?: string;
}

/** The text that `npm start` prints when it is ready: the URLs, the demo logins and one call that works. */
export function describe(
  api: string,
  admin: string,
  demo: Demo,
  standIn: boolean,
  settingsFile: string,
): string {
  const finance = demo.staff.find(({ role }) => role === 'finance');
  return `
Tenantry is ready.

  API         ${api}/v1   reference at ${api}/reference
  Admin app   ${admin}   the console; reference of its API at ${admin}/reference

  Login       ${demo.login.email}  ${demo.login.password}
  Staff       ${finance?.email}  ${finance?.password}   (support@, second@ and admin@ have the same password)
  API key     ${demo.apiKey}
${standIn ? '\n  AI_BASE_URL is not set, so a small local stand-in answers instead of a model.\n' : ''}
${demo.operation === undefined ? '' : callOf(api, demo.apiKey, demo.operation)}
Look into the database, which psql opens read-only:

  npx tenantry --settings ${settingsFile} sql

Put your own product on it: README.md, "Your own product in ten minutes".

Press Ctrl-C to stop all processes. The data stays in the data folder.
`;
}

const callOf = (api: string, key: string, operation: string) => `Run an AI operation:

  curl -s ${api}/v1/operations/${operation}/runs -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '{"prompt":"Write one sentence about tea."}'
`;
