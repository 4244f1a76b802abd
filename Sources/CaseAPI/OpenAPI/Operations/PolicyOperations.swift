import Complaints
import HTTPTypes

/// `/v1/policies`.
enum PolicyOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/policies", "listPolicies", "List what each severity is promised by default",
            query: .list(.policies),
            answer: .init(.list("Policy"), "A page of them.")),
        APIOperation(
            .get, "/v1/policies/{severity}", "getPolicy", "Show the policy of a severity", query: .single,
            answer: .init(.resource("Policy"), "The policy.")),
        APIOperation(
            .patch, "/v1/policies/{severity}", "editPolicy", "Edit the policy of a severity",
            description: "A JSON merge patch. It moves no promise that is already made.",
            body: APIOperation.Body(
                PolicyEdit.init(_:),
                examples: [
                    APIOperation.Example(
                        "faster", "Acknowledge sooner", ["acknowledge_in": "PT4H", "warn_ahead": "PT1H"])
                ]),
            answer: .init(.resource("Policy"), "The policy as it is now.")),
    ]
}
