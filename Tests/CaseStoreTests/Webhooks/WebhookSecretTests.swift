import CaseStore
import Testing

@Suite("A webhook's secret")
struct WebhookSecretTests {
    @Test("signs as the published vector of Standard Webhooks has it")
    func vector() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("is another one each time, of 256 bits, and comes back from its text")
    func text() throws {
        let secrets = (0..<100).map { _ in WebhookSecret() }
        #expect(Set(secrets).count == 100)
        for secret in secrets {
            #expect(secret.text.hasPrefix("whsec_") && secret.text.utf8.count == 6 + 44)
            #expect(WebhookSecret(secret.text) == secret)
            #expect(!"\(secret)".contains(secret.text.dropFirst(6)), "it is not written into a log by mistake")
        }
        for text in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!"] {
            #expect(WebhookSecret(text) == nil)
        }
    }
}
