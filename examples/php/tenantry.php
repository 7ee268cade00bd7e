<?php

declare(strict_types=1);

/** The API refused a call. A program decides by $problem['code']. */
final class Refusal extends RuntimeException
{
    public function __construct(public readonly array $problem)
    {
        parent::__construct($problem['detail'] ?? '', $problem['status']);
    }
}

/** Calls Tenantry over REST. It needs PHP 8.1 or newer, and no package. */
final class Tenantry
{
    private const TRIES_MAX = 4;
    private const WAIT_SECONDS_MAX = 10;
    private const TIMEOUT_SECONDS = 10;

    /** The API at a URL, called with an API key, or with a service key for the account that is named. */
    public function __construct(
        private readonly string $url,
        private readonly string $key,
        private readonly ?string $account = null,
    ) {
    }

    /** Answers the body of a call. Repeats it after a lost answer, under one key, so that it counts once. */
    public function post(string $path, array $body): array
    {
        $headers = [
            'Authorization: Bearer ' . $this->key,
            'Content-Type: application/json',
            'Idempotency-Key: ' . bin2hex(random_bytes(16)),
        ];
        if ($this->account !== null) {
            $headers[] = 'Tenantry-Account: ' . $this->account;
        }
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => $headers,
            'content' => json_encode((object) $body, JSON_THROW_ON_ERROR),
            'timeout' => self::TIMEOUT_SECONDS,
            'ignore_errors' => true,
        ]]);
        for ($attempt = 1; ; $attempt += 1) {
            $text = @file_get_contents(rtrim($this->url, '/') . '/v1' . $path, false, $context);
            $answer = $text === false ? null : json_decode($text, true);
            $status = $answer === null ? 0 : (int) explode(' ', $http_response_header[0])[1];
            if ($status >= 200 && $status < 300) {
                return $answer;
            }
            $wait = $answer['retryAfterSeconds'] ?? 0;
            $canPass = $status === 0 || $status >= 500 || $wait > 0;
            if (!$canPass || $attempt === self::TRIES_MAX || $wait > self::WAIT_SECONDS_MAX) {
                throw $answer === null
                    ? new RuntimeException('The API does not answer.')
                    : new Refusal($answer);
            }
            usleep($wait * 1_000_000 + 200_000 * 2 ** $attempt);
        }
    }

    /** What the gate says of a customer's credential, asked with a service key. A refusal is an answer: valid is false. */
    public function verify(string $credential, array $terms = []): array
    {
        return $this->post('/credentials/verify', ['credential' => $credential] + $terms);
    }

    /**
     * Holds credits, runs the work, and settles at the amount that it answers beside its value.
     *
     * @param callable(): array{mixed, int} $work
     */
    public function withCredits(array $hold, callable $work): array
    {
        $holdId = $this->post('/credits/holds', $hold)['id'];
        try {
            [$value, $used] = $work();
        } catch (Throwable $fault) {
            $this->post("/credits/holds/$holdId/release", []);
            throw $fault;
        }
        return [$value, $this->post("/credits/holds/$holdId/settle", ['amount' => $used])];
    }
}
