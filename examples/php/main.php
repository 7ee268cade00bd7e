<?php

declare(strict_types=1);

// Work that costs credits: php main.php URL KEY [CREDITS]
require __DIR__ . '/tenantry.php';

[, $url, $key] = $argv;
$credits = (int) ($argv[3] ?? 20);

// It stands for your model: it answers a text, and what the text cost.
$writeSentence = fn (): array => ['Tea is a drink.', 3];

try {
    [$text, $hold] = (new Tenantry($url, $key))->withCredits(['amount' => $credits], $writeSentence);
    echo $text, PHP_EOL;
    echo "{$hold['settledAmount']} of {$hold['amount']} held credits were charged.", PHP_EOL;
} catch (Refusal $refusal) {
    $problem = $refusal->problem;
    fwrite(STDERR, $problem['code'] === 'insufficient_credits'
        ? "{$problem['required']} credits are needed, {$problem['available']} are left." . PHP_EOL
        : "The call was refused: {$problem['status']} {$problem['code']}." . PHP_EOL);
    exit(1);
}
