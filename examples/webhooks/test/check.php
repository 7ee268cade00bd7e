<?php
// Verifies one webhook from the command line: SECRET ID TIMESTAMP SIGNATURE, with the body on the standard input.
require __DIR__ . '/../verify.php';

[, $secret, $id, $timestamp, $signature] = $argv;
$headers = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signature];
try {
    echo verify_webhook($secret, $headers, stream_get_contents(STDIN))['type'], "\n";
} catch (RuntimeException $fault) {
    fwrite(STDERR, $fault->getMessage() . "\n");
    exit(1);
}
