import { Time } from '@tenantry/ui/time';
import { Fragment } from 'react';

/** Whether a word is an instant as the server writes it. */
const isInstant = (word: string) => /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(word);

/** A sentence of the server, whose times are shown in the viewer's zone. */
export function Sentence({ text }: { readonly text: string }) {
  return text.split(' ').map((word, index) => {
    const [, instant = word, mark = ''] = /^(.*Z)([.,])$/.exec(word) ?? [];
    const space = index === 0 ? '' : ' ';
    return (
      // The words of one sentence never change places.
      <Fragment key={index}>
        {space}
        {isInstant(instant) ? (
          <>
            <Time at={instant} />
            {mark}
          </>
        ) : (
          word
        )}
      </Fragment>
    );
  });
}
