import type { StaffPower } from '@tenantry/domain/permissions';
import { NavLink } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useSession } from '../session.ts';
import { type IconName, icons } from './icons.ts';

/** One page of the navigation. */
export interface NavigationEntry {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
}

/** The pages of the navigation that the signed-in person may see, in the order of the table of routes. */
export function useNavigation(): NavigationEntry[] {
  const { powers } = useSession();
  const has = (power: StaffPower | undefined) => power === undefined || powers.includes(power);
  return Object.values(useRouter().routesByPath).flatMap(({ fullPath, options: { staticData } }) =>
    staticData?.navigation === undefined || !has(staticData.power)
      ? []
      : [{ to: fullPath, ...staticData.navigation }],
  );
}

/** The links of the side bar. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  return useNavigation().map(({ to, label, icon }) => {
    const Icon = icons[icon];
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
        onClick={onNavigate}
        activeOptions={{ exact: to === '/' }}
        activeProps={{ 'data-active': true, 'aria-current': 'page' }}
        style={{ borderRadius: 8 }}
      />
    );
  });
}
