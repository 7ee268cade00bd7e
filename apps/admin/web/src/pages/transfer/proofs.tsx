import type { PaymentProof, QueuedPayment } from '@tenantry/client';
import { Loaded } from '@tenantry/ui/state';
import { Time } from '@tenantry/ui/time';
import { Anchor, Card, Group, Image, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';

/** Where the admin app serves the file of a proof, as an attachment whose scripts never run. */
const proofPath = ({ paymentId, id }: Pick<PaymentProof, 'paymentId' | 'id'>): string =>
  `/v1/payments/${paymentId}/proofs/${id}`;

/** What the payer showed. An image is shown; a PDF and a link are opened by whoever wants to. */
export function Proofs({ payment: { id: paymentId } }: { readonly payment: QueuedPayment }) {
  const proofs = useQuery(api.payment.listProofs.queryOptions({ paymentId }));
  return (
    <Loaded query={proofs} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            The payer showed no proof.
          </Text>
        ) : (
          <Stack gap="sm">
            {items.map((proof) => (
              <Proof key={proof.id} proof={proof} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Proof({ proof }: { readonly proof: PaymentProof }) {
  const { url, mediaType, sizeBytes, createdAt } = proof;
  const isImage = mediaType?.startsWith('image/') === true;
  const kind = mediaType === 'application/pdf' ? 'PDF' : 'Image';
  return (
    <Card withBorder padding="xs">
      {isImage ? (
        <Anchor href={proofPath(proof)} download aria-label="Save the image of the proof">
          <Image src={proofPath(proof)} alt="Proof of the transfer" mah={420} fit="contain" />
        </Anchor>
      ) : null}
      <Group gap="xs" mt={isImage ? 'xs' : 0}>
        {url === null ? (
          <Anchor size="sm" href={proofPath(proof)} download data-proof>
            Save the {kind} ({Math.max(1, Math.round((sizeBytes ?? 0) / 1000))} kB)
          </Anchor>
        ) : (
          <Anchor size="sm" href={url} target="_blank" rel="noreferrer noopener" data-proof>
            Open the payer’s link
          </Anchor>
        )}
        <Text size="xs" c="dimmed" component="div">
          <Time at={createdAt} />
        </Text>
      </Group>
    </Card>
  );
}
