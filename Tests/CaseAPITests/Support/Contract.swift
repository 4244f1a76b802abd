import CaseAPI
import TestSupport
import Testing

/// The service's own description, which every answer to a test's client is held to.
enum Contract {
    static let shared = try! APIContract(OpenAPIDocument.json)

    static func check(_ method: String, _ target: String, _ response: TestResponse) {
        // No answer at all is for the test to judge.
        guard response.status != 0 else { return }
        let violations = shared.violations(
            of: APIContract.Exchange(
                method: method, target: target, status: response.status, fields: response.fields, body: response.body))
        if !violations.isEmpty {
            Issue.record("\(method) \(target.prefix(300)): \(violations.prefix(10))\n\(response.text.prefix(2000))")
        }
    }
}
