/** Writes a value of a closed list for people: `pending_approval` becomes `Pending approval`. */
export function formatWords(value: string): string {
  const words = value.replaceAll(/[_-]/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
