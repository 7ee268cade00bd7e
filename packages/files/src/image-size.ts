export type ImageSize = { readonly width: number; readonly height: number };

/** The most pixels an image may claim: unpacked at four bytes each it stays below 160 MB. */
const pixelsMax = 40_000_000;

/** Whether an image of this size has pixels, and not so many that showing it would exhaust a viewer. */
export function isShowable({ width, height }: ImageSize): boolean {
  return width > 0 && height > 0 && width * height <= pixelsMax;
}
