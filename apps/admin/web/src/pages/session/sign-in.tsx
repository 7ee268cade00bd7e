import { Alert, Button, Card, Center, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { problemOf } from '@tenantry/client';
import { faultText } from '@tenantry/ui/problem';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, queryClient } from '../../api.ts';

/** What to say to a person whose sign-in was refused. */
function whyNot(fault: unknown, withCode: boolean): string {
  const code = problemOf(fault)?.code;
  if (code === 'second_factor_required') return 'Type the code that your authenticator app shows.';
  if (code !== 'unauthenticated') return faultText(fault);
  return withCode
    ? 'The e-mail address, the password or the code is wrong. A code works once.'
    : 'The e-mail address or the password is wrong.';
}

/** The sign-in page of staff. It leads back to the page that was asked for. */
export function SignIn() {
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  useEffect(() => {
    document.title = 'Sign in · Tenantry';
  }, []);
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '', totpCode: '' } });
  const [asksCode, setAsksCode] = useState(false);
  const signIn = useMutation({
    ...api.session.create.mutationOptions(),
    onError: (fault) => setAsksCode((asks) => asks || problemOf(fault)?.code === 'second_factor_required'),
    onSuccess: async () => {
      queryClient.clear();
      await navigate({ href: next ?? '/', replace: true });
    },
  });
  return (
    <Center mih="100vh" p="md" component="main">
      <Card withBorder shadow="sm" padding="xl" w={380} maw="100%">
        <form
          onSubmit={form.onSubmit((fields) =>
            signIn.mutate({
              email: fields.email,
              password: fields.password,
              delivery: 'cookie',
              ...(fields.totpCode.trim() === '' ? {} : { totpCode: fields.totpCode }),
            }),
          )}
        >
          <Stack>
            <div>
              <Title order={1} size="h3">
                Tenantry
              </Title>
              <Text c="dimmed" size="sm">
                Sign in to the admin console
              </Text>
            </div>
            <TextInput
              type="email"
              label="E-mail"
              autoComplete="username"
              required
              autoFocus
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              required
              key={form.key('password')}
              {...form.getInputProps('password')}
              visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            />
            {asksCode ? (
              <TextInput
                label="Code"
                description="Six digits of your authenticator app, or a recovery code."
                autoComplete="one-time-code"
                required
                autoFocus
                key={form.key('totpCode')}
                {...form.getInputProps('totpCode')}
              />
            ) : null}
            {signIn.error === null ? null : (
              <Alert color="red" role="alert">
                {whyNot(signIn.error, asksCode)}
              </Alert>
            )}
            <Button type="submit" loading={signIn.isPending} fullWidth>
              Sign in
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
