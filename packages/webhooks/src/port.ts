import { type SenderSettings, type WebhookAnswer, openSender } from './send.ts';
import { mintSecret, type Signed, signedHeaders } from './sign.ts';
import { faultOfTarget } from './target.ts';

/** A message with where it goes and the secrets that sign it. */
export interface SignedWebhook extends Signed {
  url: string;
  secrets: readonly string[];
}

/** The part of this package that sends: it signs a message and posts it. */
export function openWebhooks(settings: SenderSettings) {
  const sender = openSender(settings);
  return {
    send: ({ url, secrets, ...signed }: SignedWebhook): Promise<WebhookAnswer> =>
      sender.send({ url, headers: signedHeaders(signed, secrets), body: signed.body }),
    close: sender.close,
  };
}

/** The part that needs no network: the rule of URLs, and new secrets. */
export function openWebhookTargets(allowsLoopback: boolean) {
  return { faultOf: (url: string) => faultOfTarget(url, allowsLoopback), mintSecret };
}
