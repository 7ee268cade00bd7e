import createClient from 'openapi-fetch';
import type { paths } from './openapi-typescript.ts';
import { must } from './job.ts';
import { verifyJob } from './verify-job.ts';

const { baseUrl, authorization, held, tooMuch, hasSeen } = verifyJob();
const client = createClient<paths>({ baseUrl, headers: authorization });
const accepted = must(await client.POST('/credentials/verify', { body: held }));
if (!accepted.valid) throw new Error(`it is refused: ${accepted.code}`);
// @ts-expect-error a credential that is let through has no code
if (accepted.code !== undefined) throw new Error('it has a code');
const refused = must(await client.POST('/credentials/verify', { body: tooMuch }));
if (refused.valid) throw new Error('it holds more than there is');
// @ts-expect-error one that is refused has no hold
if (refused.hold !== undefined) throw new Error('it has a hold');
hasSeen({ accepted, refused });
