/**
 * Why the output of a run ended: the model had finished, the most tokens that it may write were reached, the provider
 * withheld the rest, or the credits were used up.
 */
export const finishReasons = ['stop', 'length', 'content_filter', 'credits'] as const;
export type FinishReason = (typeof finishReasons)[number];

/**
 * Why a provider takes no request: it refuses the content, prompt and output do not fit the model's context, something
 * in the request has no form that it accepts, or it has no such model.
 */
export const providerReasons = [
  'content_filter',
  'context_length',
  'invalid_request',
  'model_not_found',
] as const;
export type ProviderReason = (typeof providerReasons)[number];
