import { AppShell, Burger, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { NoPermission } from '@tenantry/ui/problem';
import { Link, Navigate, Outlet, useMatches } from '@tanstack/react-router';
import { useSession } from '../session.ts';
import { ImpersonationBar } from '../pages/impersonation/impersonation-bar.tsx';
import { Navigation } from './navigation.tsx';
import { GoAnywhere, GoAnywhereButton } from './go-anywhere.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';

/** The frame of every page: navigation, search, and who is signed in. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <>
      <a className="tenantry-skip" href="#content">
        Skip to the content
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding={{ base: 'sm', sm: 'lg' }}
      >
        <AppShell.Header px="md">
          <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="xs" wrap="nowrap">
              <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
              <UnstyledButton component={Link} to="/">
                <Text fw={700} size="lg" lts={-0.3}>
                  Tenantry
                </Text>
              </UnstyledButton>
            </Group>
            <Group gap="xs" wrap="nowrap">
              <GoAnywhereButton />
              <SchemeSwitch />
              <PersonMenu />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" aria-label="Pages">
          <Navigation onNavigate={close} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <ImpersonationBar />
          <Content />
        </AppShell.Main>
      </AppShell>
      <GoAnywhere />
    </>
  );
}

/** The page, or that the signed-in person may not see it. */
function Content() {
  const { powers, secondFactor, requiresSecondFactor } = useSession();
  const matches = useMatches();
  const isAllowed = matches.every(
    ({ staticData: { power } }) => power === undefined || powers.includes(power),
  );
  const lacksFactor = requiresSecondFactor && secondFactor === null;
  if (lacksFactor && !matches.some(({ fullPath }) => fullPath === '/security'))
    return <Navigate to="/security" />;
  return isAllowed ? <Outlet /> : <NoPermission />;
}
