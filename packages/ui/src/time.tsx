import { Text, Tooltip } from '@mantine/core';
import { type Viewer, formatDay, formatDistance, formatTime, formatUtc } from './format/time.ts';

interface TimeProps extends Viewer {
  /** RFC 3339; null or undefined where it never was. */
  readonly at: string | null | undefined;
  /** How it is written: as day and time, as the day alone, or as its distance from now. */
  readonly as?: 'time' | 'day' | 'distance';
}

/** An instant in the viewer's zone. Hovering or focusing it shows UTC. */
export function Time({ at, as = 'time', ...viewer }: TimeProps) {
  if (at == null)
    return (
      <Text span c="dimmed" inherit>
        –
      </Text>
    );
  const written = {
    time: () => formatTime(at, viewer),
    day: () => formatDay(at, viewer),
    distance: () => formatDistance(at, new Date(), viewer),
  }[as]();
  return (
    <Tooltip label={as === 'distance' ? `${formatTime(at, viewer)} · ${formatUtc(at)}` : formatUtc(at)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {written}
      </time>
    </Tooltip>
  );
}
