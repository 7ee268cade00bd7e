/** The text of a page below a heading of the second level, up to the next one. Throws when the page has no such heading. */
export function sectionOf(page: string, heading: string): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`the page has no section ${heading}`);
  return section;
}

/** The samples of a page whose fence has this label (`ts`, `js browser`), as they stand there. Throws when there is none. */
export function samplesIn(page: string, label: string): readonly [string, ...string[]] {
  const blocks = page
    .split(/^```/m)
    .filter((block, index) => index % 2 === 1 && block.startsWith(`${label}\n`));
  const [first, ...rest] = blocks.map((block) => block.slice(label.length + 1));
  if (first === undefined) throw new Error(`the page has no sample of ${label}`);
  return [first, ...rest];
}
