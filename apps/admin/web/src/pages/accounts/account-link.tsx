import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

/** The path of the page of an account. */
export const accountPath = (id: string): string => `/accounts/${id}`;

/** The name of an account, as a link to its page. */
export function AccountLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <Anchor component={Link} to={accountPath(id)} inherit style={{ overflowWrap: 'anywhere' }}>
      {name}
    </Anchor>
  );
}
