<?php

declare(strict_types=1);

// The backend of a product, asked by a customer: php backend.php URL SERVICE_KEY CREDENTIAL [CREDITS]
require __DIR__ . '/tenantry.php';

[, $url, $serviceKey, $credential] = $argv;
$credits = (int) ($argv[4] ?? 20);

function stop(string $text): never
{
    fwrite(STDERR, $text . PHP_EOL);
    exit(1);
}

try {
    $terms = ['feature' => 'operations', 'hold' => ['amount' => $credits]];
    $verdict = (new Tenantry($url, $serviceKey))->verify($credential, $terms);
} catch (Refusal $refusal) {
    // The service key or the terms are wrong: an error of the product, which its customer is not told.
    stop("The verification was refused: {$refusal->problem['status']} {$refusal->problem['code']}.");
}
if (!$verdict['valid']) {
    stop("The customer is refused: {$verdict['status']} {$verdict['code']}.");
}

['hold' => $hold, 'account' => $account, 'plan' => $plan] = $verdict;
echo "{$account['name']} may spend {$hold['amount']} credits on the plan {$plan['slug']}.", PHP_EOL;
$settled = (new Tenantry($url, $serviceKey, $account['id']))->post("/credits/holds/{$hold['id']}/settle", ['amount' => 3]);
echo "{$settled['settledAmount']} of {$settled['amount']} held credits were charged.", PHP_EOL;
