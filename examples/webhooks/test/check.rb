# Verifies one webhook from the command line: SECRET ID TIMESTAMP SIGNATURE, with the body on the standard input.
require_relative "../verify"

secret, id, timestamp, signature = ARGV
headers = { "webhook-id" => id, "webhook-timestamp" => timestamp, "webhook-signature" => signature }
begin
  puts verify_webhook(secret, headers, $stdin.binmode.read)["type"]
rescue StandardError => fault
  warn fault.message
  exit 1
end
