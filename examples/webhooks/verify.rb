require "base64"
require "json"
require "openssl"

# The message of a webhook, from its headers in lower case and its body as it came. Raises for one that is not from us.
def verify_webhook(secret, headers, body)
  id, timestamp = headers.values_at("webhook-id", "webhook-timestamp")
  raise "The webhook is too old, or from the future." if (Time.now.to_i - Integer(timestamp, 10)).abs > 300

  key = Base64.strict_decode64(secret.delete_prefix("whsec_"))
  digest = OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.#{body}")
  expected = "v1,#{Base64.strict_encode64(digest)}"
  given = headers["webhook-signature"].split(" ")
  raise "The signature is wrong." unless given.any? { |one| OpenSSL.secure_compare(expected, one) }

  JSON.parse(body)
end
