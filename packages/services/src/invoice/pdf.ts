import { refuse } from '@tenantry/domain/refusals';

/** The answer of a call that prints: the PDF, or the refusal `unavailable` where none was printed. */
export function pdfAnswer(bytes: Uint8Array | undefined, name: string) {
  if (bytes === undefined) return refuse('unavailable', { retryAfterSeconds: 5 });
  return { bytes, mediaType: 'application/pdf', name: `${name}.pdf` };
}
