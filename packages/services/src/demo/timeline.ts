/** What happens at a time of the demo. */
type Event = (at: Date) => Promise<void>;

/** The events of the demo in the order of their times, whoever adds them. */
export interface Timeline {
  /** Adds an event. One that lies before the event that runs happens at the same time as that. */
  at(time: Date, event: Event): void;
  /** Runs every event until a time, each at its own, with `dayEnded` after each day that had one. Later events never happen. */
  run(until: Date, dayEnded: Event): Promise<void>;
}

interface Planned {
  time: number;
  event: Event;
}

const dayOf = (time: number) => Math.floor(time / 86_400_000);

/** An empty timeline. */
export function openTimeline(): Timeline {
  const planned: Planned[] = [];
  let present = Number.NEGATIVE_INFINITY;
  return {
    at: (time, event) => {
      const one = { time: Math.max(time.getTime(), present), event };
      const place = planned.findIndex((other) => other.time > one.time);
      planned.splice(place === -1 ? planned.length : place, 0, one);
    },
    run: async (until, dayEnded) => {
      for (let next = planned.shift(); next !== undefined; next = planned.shift()) {
        if (next.time > until.getTime()) return;
        present = next.time;
        await next.event(new Date(present));
        const following = planned[0];
        const isLast = following === undefined || following.time > until.getTime();
        if (isLast || dayOf(following.time) > dayOf(present))
          await dayEnded(new Date(Math.min((dayOf(present) + 1) * 86_400_000 - 1, until.getTime())));
      }
    },
  };
}
