/** The columns of `operation_price price` as a price has them. */
export const priceColumns = `price.name, price.price_version as version, price.kind, price.unit, price.unit_size as "unitSize",
  price.credits_per_unit as "creditsPerUnit", case when price.credits_per_unit is null then jsonb_build_object(
    'input', price.input_rate, 'cachedInput', price.cached_input_rate, 'output', price.output_rate) end as rates,
  price.credits_min as "creditsMin", price.output_tokens_default as "outputTokensDefault",
  price.output_tokens_max as "outputTokensMax", price.model, price.prompt_template as "promptTemplate"`;

/** The newest price of each operation that is not withdrawn. */
export const currentPrices = `operation join operation_price price
  on price.name = operation.name and price.price_version = operation.price_version where not operation.withdrawn`;
