/// What is a secret by its form: a token of the API, or a webhook's secret. No option takes one; where somebody wrote one
/// all the same, it is not shown.
enum SecretText {
    static func isSecret(_ text: String) -> Bool {
        text.firstMatch(of: /(?:ck_[A-Za-z0-9_-]{20}|whsec_[A-Za-z0-9+\/=]{20})/) != nil
    }
}
