import { Copy } from '@tenantry/ui/copy';
import { Facts } from '@tenantry/ui/facts';
import { OnceShown } from '@tenantry/ui/once-shown';
import { Fault } from '@tenantry/ui/problem';
import { Time } from '@tenantry/ui/time';
import { Button, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, queryClient } from '../../api.ts';
import { useSession } from '../../session.ts';

const refresh = async () => queryClient.invalidateQueries({ queryKey: api.session.get.queryKey() });

/** The second factor of the signed-in person: what is set up, or the way to set one up. */
export function SecondFactor() {
  const { secondFactor } = useSession();
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <>
      {secondFactor === null ? (
        <SetUp show={setCodes} />
      ) : (
        <>
          <Facts
            facts={[
              ['Set up', <Time key="at" at={secondFactor.confirmedAt} />],
              ['Recovery codes', `${secondFactor.recoveryCodesLeft} left`],
            ]}
          />
          <Change show={setCodes} />
        </>
      )}
      {codes === undefined ? null : (
        <OnceShown
          title="Recovery codes"
          values={[{ label: 'Recovery codes', value: codes.join(' ') }]}
          close={() => {
            setCodes(undefined);
            void refresh();
          }}
        >
          Each of them signs you in once when you do not have the app. Keep them where the app is not.
        </OnceShown>
      )}
    </>
  );
}

type Show = (codes: readonly string[]) => void;

/** Begins with the password, shows the secret for the app, and confirms it with a code. */
function SetUp({ show }: { readonly show: Show }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useMutation(api.totp.create.mutationOptions());
  const confirm = useMutation({
    ...api.totp.confirm.mutationOptions(),
    onSuccess: ({ recoveryCodes }) => show(recoveryCodes ?? []),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (begin.data === undefined) begin.mutate({ password });
    else confirm.mutate({ code });
  };
  const fault = begin.error ?? confirm.error;
  return (
    <form onSubmit={submit}>
      <Stack maw={520}>
        {begin.data === undefined ? (
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            value={password}
            onChange={({ currentTarget: { value } }) => setPassword(value)}
          />
        ) : (
          <>
            <Text size="sm">
              Add an account to your authenticator app with this key, and type the six digits that it shows.
            </Text>
            <Copy value={begin.data.secret ?? ''} label="key" />
            <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {begin.data.uri}
            </Code>
            <TextInput
              label="Code of the app"
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={({ currentTarget: { value } }) => setCode(value)}
            />
          </>
        )}
        {fault === null ? null : <Fault fault={fault} />}
        <Group>
          <Button
            type="submit"
            loading={begin.isPending || confirm.isPending}
            disabled={begin.data === undefined ? password === '' : code.trim().length < 6}
          >
            {begin.data === undefined ? 'Set up an authenticator app' : 'Confirm'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Makes new recovery codes, or removes the app, with the password and a code. */
function Change({ show }: { readonly show: Show }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const renew = useMutation({
    ...api.totp.renewRecoveryCodes.mutationOptions(),
    onSuccess: ({ recoveryCodes }) => show(recoveryCodes ?? []),
  });
  const disable = useMutation({ ...api.totp.disable.mutationOptions(), onSuccess: refresh });
  const isReady = password !== '' && code.trim().length >= 6;
  const fault = renew.error ?? disable.error;
  return (
    <Stack maw={420}>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        value={password}
        onChange={({ currentTarget: { value } }) => setPassword(value)}
      />
      <TextInput
        label="Code of the app, or a recovery code"
        autoComplete="one-time-code"
        value={code}
        onChange={({ currentTarget: { value } }) => setCode(value)}
      />
      {fault === null ? null : <Fault fault={fault} />}
      <Group>
        <Button variant="default" disabled={!isReady} onClick={() => renew.mutate({ password, code })}>
          New recovery codes
        </Button>
        <Button
          variant="default"
          c="red"
          disabled={!isReady}
          onClick={() => disable.mutate({ password, code })}
        >
          Remove the app
        </Button>
      </Group>
    </Stack>
  );
}
