const asciiPerToken = 4;

/**
 * Tokens a text is taken to have when nobody counted: one for each started four ASCII characters and one for
 * every other code point, so that scripts which need more tokens are not underestimated.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let others = 0;
  for (const character of text) {
    if (character <= '\u007f') ascii += 1;
    else others += 1;
  }
  return Math.ceil(ascii / asciiPerToken) + others;
}
