import { credentialVerify } from './orval-client.ts';
import { verifyJob } from './verify-job.ts';

const { authorization, held, tooMuch, hasSeen } = verifyJob();

async function verify(body: Parameters<typeof credentialVerify>[0]) {
  const answer = await credentialVerify(body, { headers: authorization });
  if (answer.status !== 200) throw new Error(answer.data.code);
  return answer.data;
}

const accepted = await verify(held);
if (!accepted.valid) throw new Error(`it is refused: ${accepted.code}`);
// @ts-expect-error a credential that is let through has no code
if (accepted.code !== undefined) throw new Error('it has a code');
const refused = await verify(tooMuch);
if (refused.valid) throw new Error('it holds more than there is');
// @ts-expect-error one that is refused has no hold
if (refused.hold !== undefined) throw new Error('it has a hold');
hasSeen({ accepted, refused });
