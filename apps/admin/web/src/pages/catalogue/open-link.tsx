import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

/** Opens one thing of a list beside it; the URL says which. */
export function OpenLink({ name }: { readonly name: string }) {
  return (
    <Anchor
      fw={600}
      inherit
      renderRoot={(props) => (
        <Link {...props} from="/catalogue" to="." search={(before) => ({ ...before, open: name })}>
          {name}
        </Link>
      )}
    >
      {name}
    </Anchor>
  );
}
