import type { GateExplanation } from '@tenantry/client';
import { formatWords } from '@tenantry/ui/format/words';
import { Loaded } from '@tenantry/ui/state';
import { StatusBadge } from '@tenantry/ui/badge';
import { Alert, Button, Code, Group, Select, Stack, Text, TextInput, Timeline } from '@mantine/core';
import { IconCheck, IconMinus, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { Section } from './section.tsx';
import { Sentence } from './sentence.tsx';

interface Asked {
  readonly kind: 'member' | 'api_key' | 'service_key';
  readonly id: string;
  readonly procedure: string;
  readonly address: string;
}

interface WhyRefusedProps {
  readonly accountId: string;
  /** What the URL asks; empty where nothing is chosen. */
  readonly asked: Partial<Asked>;
  readonly ask: (asked: Partial<Asked>) => void;
}

/** "Why refused?": a credential, a procedure, and what each step of the gate says of them. */
export function WhyRefused({ accountId, asked, ask }: WhyRefusedProps) {
  const members = useQuery(api.member.list.queryOptions({ accountId }));
  const keys = useQuery(api.apiKey.list.queryOptions({ accountId, limit: 100 }));
  const procedures = useQuery(api.account.listProcedures.queryOptions({}));
  const [serviceKey, setServiceKey] = useState(asked.kind === 'service_key' ? (asked.id ?? '') : '');
  const [address, setAddress] = useState(asked.address ?? '');
  const chosen = asked.kind === undefined || asked.id === undefined ? null : `${asked.kind} ${asked.id}`;
  const credentials = [
    {
      group: 'Members',
      items: (members.data?.items ?? []).map(({ userId, email, role }) => ({
        value: `member ${userId}`,
        label: `${email} (${role})`,
      })),
    },
    {
      group: 'API keys',
      items: (keys.data?.items ?? []).map(({ id, name, prefix, revokedAt }) => ({
        value: `api_key ${id}`,
        label: `${name} · ${prefix}…${revokedAt === null ? '' : ' (revoked)'}`,
      })),
    },
    {
      group: "The operator's own",
      items: [{ value: 'service_key', label: 'A service key, by its id' }],
    },
  ];
  return (
    <Section title="Why refused?">
      <Stack>
        <Text size="sm" c="dimmed">
          Asks the gate of the API what it says of a call now. Nothing is called, and nothing is counted.
        </Text>
        <Group align="flex-end" grow preventGrowOverflow={false}>
          <Select
            label="Who calls"
            placeholder="A member or a key"
            searchable
            data={credentials}
            value={asked.kind === 'service_key' ? 'service_key' : chosen}
            onChange={(value) => ask({ ...asked, ...credentialOf(value, serviceKey) })}
          />
          <Select
            label="What is called"
            placeholder="A procedure of the API"
            searchable
            limit={200}
            data={(procedures.data?.items ?? []).map(({ name, method, path }) => ({
              value: name,
              label: `${name} · ${method} ${path}`,
            }))}
            value={asked.procedure ?? null}
            onChange={(procedure) => ask({ ...asked, ...(procedure === null ? {} : { procedure }) })}
          />
        </Group>
        <Group align="flex-end">
          {asked.kind === 'service_key' ? (
            <TextInput
              label="Id of the service key"
              value={serviceKey}
              onChange={(event) => setServiceKey(event.currentTarget.value)}
              onBlur={() => ask({ ...asked, id: serviceKey })}
            />
          ) : null}
          <TextInput
            label="From the IP address"
            placeholder="any that is allowed"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            onBlur={() => ask({ ...asked, address })}
          />
        </Group>
        {isWhole(asked) ? <Answer accountId={accountId} asked={asked} /> : null}
      </Stack>
    </Section>
  );
}

function credentialOf(value: string | null, serviceKey: string): Partial<Asked> {
  if (value === 'service_key') return { kind: 'service_key', id: serviceKey };
  const [kind, id] = value?.split(' ') ?? [];
  return (kind === 'member' || kind === 'api_key') && id !== undefined ? { kind, id } : {};
}

const isWhole = (asked: Partial<Asked>): asked is Omit<Asked, 'address'> & Partial<Asked> =>
  asked.kind !== undefined && (asked.id ?? '') !== '' && asked.procedure !== undefined;

function Answer({
  accountId,
  asked,
}: {
  readonly accountId: string;
  readonly asked: Omit<Asked, 'address'> & Partial<Asked>;
}) {
  const { kind: credentialKind, id: credentialId, procedure, address = '' } = asked;
  const input = { accountId, credentialKind, credentialId, procedure };
  const query = useQuery(
    api.account.explainRefusal.queryOptions(address === '' ? input : { ...input, address }),
  );
  return (
    <Loaded query={query}>
      {(explanation) => (
        <Stack>
          <Verdict explanation={explanation} />
          <Steps explanation={explanation} />
          <Group>
            <Button
              variant="default"
              size="xs"
              loading={query.isFetching}
              onClick={() => void query.refetch()}
            >
              Ask again
            </Button>
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}

function Verdict({ explanation }: { readonly explanation: GateExplanation }) {
  const { passes, status, code, detail, procedure, credential } = explanation;
  const call = `${procedure.method} ${procedure.path}`;
  const isSeen = explanation.steps.every(({ verdict }) => verdict !== 'unknown');
  if (passes)
    return (
      <Alert color="green" role="status" title={isSeen ? 'The gate lets it through' : 'No rule refuses it'}>
        {credential.name} may call <Code>{call}</Code> now. What its own service refuses, such as a lack of
        credits, is not looked at.
      </Alert>
    );
  return (
    <Alert color="red" role="status" title={`Refused with ${status} ${code}`}>
      {credential.name} calls <Code>{call}</Code> and reads: “{detail}”
    </Alert>
  );
}

const bullets = {
  passes: { icon: IconCheck, color: 'green' },
  refuses: { icon: IconX, color: 'red' },
  not_reached: { icon: IconMinus, color: 'gray' },
  unknown: { icon: IconQuestionMark, color: 'yellow' },
} as const;

function Steps({ explanation: { steps } }: { readonly explanation: GateExplanation }) {
  const reached = steps.filter(({ verdict }) => verdict !== 'not_reached').length;
  return (
    <Timeline bulletSize={24} lineWidth={2} active={reached - 1}>
      {steps.map(({ step, verdict, fact, code }) => {
        const { icon: Icon, color } = bullets[verdict];
        return (
          <Timeline.Item
            key={step}
            color={color}
            bullet={<Icon size={14} aria-hidden />}
            title={
              <Group gap={8}>
                {formatWords(step)}
                {code === null ? null : <StatusBadge status="failed" label={code} />}
              </Group>
            }
          >
            <Text size="sm" {...(verdict === 'not_reached' ? { c: 'dimmed' } : {})}>
              {verdict === 'not_reached' ? 'Not reached.' : <Sentence text={fact} />}
            </Text>
          </Timeline.Item>
        );
      })}
    </Timeline>
  );
}
