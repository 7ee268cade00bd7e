/**
 * Calls a provider, and leaves out of its answer a usage that the library would refuse the whole answer for: counts are
 * numbers or null, and everything else counts as not reported.
 */
export async function fetchWithLenientUsage(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const { ok, status, headers, body } = response;
  if (!ok || body === null) return response;
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = isStream ? body.pipeThrough(eventsWithLenientUsage()) : lenient(await response.text());
  return new Response(text, { status, headers });
}

/** Passes events on as their lines are complete. */
function eventsWithLenientUsage(): TransformStream<Uint8Array, Uint8Array> {
  const [decoder, encoder] = [new TextDecoder(), new TextEncoder()];
  let rest = '';
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) controller.enqueue(encoder.encode(`${lenientLine(line)}\n`));
    },
    flush(controller) {
      controller.enqueue(encoder.encode(lenientLine(rest + decoder.decode())));
    },
  });
}

const field = 'data:';

function lenientLine(line: string): string {
  return line.startsWith(field) ? `${field}${lenient(line.slice(field.length))}` : line;
}

/** A JSON text without a usage that is malformed; any other text as it is. */
function lenient(text: string): string {
  if (!text.includes('"usage"')) return text;
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || !('usage' in answer)) return text;
    return isWellFormed(answer.usage) ? text : JSON.stringify({ ...answer, usage: null });
  } catch {
    return text;
  }
}

/** Whether every count is a number or null, at any depth. */
function isWellFormed(usage: unknown): boolean {
  if (usage === null) return true;
  if (typeof usage !== 'object' || Array.isArray(usage)) return false;
  return Object.entries(usage).every(
    ([name, value]) =>
      (!name.endsWith('_tokens') || value === null || typeof value === 'number') &&
      (!name.endsWith('_details') || isWellFormed(value)),
  );
}
