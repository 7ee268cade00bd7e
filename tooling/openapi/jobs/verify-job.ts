/** What a client reads of a credential that may hold credits. */
interface Accepted {
  requestId: string;
  account: { id: string; externalId: string | null };
  actor: { kind: string; role: string | null; sites: readonly string[] | null };
  plan: { slug: string; limits: Readonly<Record<string, number>> };
  standing: { state: string };
  throttle: { limit: number } | null;
  hold: { amount: number; settledAmount: number | null } | null;
}

/** What it reads of one that may not. */
interface Refused {
  requestId: string;
  status: number;
  code: string;
  required?: number;
}

/** Where a verification is asked for, with which service key, and about which key of a customer. */
export function verifyJob() {
  const [baseUrl = '', serviceKey = '', credential = ''] = process.argv.slice(2);
  return {
    baseUrl,
    authorization: { Authorization: `Bearer ${serviceKey}` },
    held: { credential, scope: 'operation:run' as const, hold: { amount: 7 } },
    tooMuch: { credential, hold: { amount: 1_000_000 } },
    hasSeen: ({ accepted, refused }: { accepted: Accepted; refused: Refused }): void => {
      const { account, actor, plan, standing, throttle, hold } = accepted;
      const seen = {
        accepted: [account.externalId, actor.kind, actor.role, actor.sites, plan.slug, standing.state],
        sitesMax: plan.limits['sites'],
        throttle,
        held: [hold?.amount, hold?.settledAmount],
        refused: [refused.status, refused.code, refused.required],
        hasRequestIds: accepted.requestId.length === 36 && refused.requestId.length === 36,
      };
      console.log(JSON.stringify(seen));
    },
  };
}
