/** The low-balance thresholds that a change of what is available has fallen below; each once per crossing. */
export function crossedThresholds(thresholds: readonly number[], before: number, after: number): number[] {
  return thresholds.filter((threshold) => before >= threshold && after < threshold);
}
