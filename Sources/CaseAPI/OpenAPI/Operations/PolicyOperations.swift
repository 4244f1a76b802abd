import Complaints
import HTTPTypes

/// `/v1/policies`.
enum PolicyOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/policies", "listPolicies", "List what cases are promised by default",
            description:
                "Rules in their order, those out of use too: the first one in use that fits a case is the case's.",
            query: .list(.policies),
            answer: .init(.list("Policy"), "A page of them.")),
        APIOperation(
            .post, PolicyRoutes.previewPath, "previewPolicy", "Ask which policy a case would have",
            description: """
                And why: what came of each rule, and when the acknowledgement would be due. Of a case on record, of one that \
                is only described, or of one on record that would be otherwise. It changes nothing, and promises nothing.
                """,
            query: QuerySchema { query in _ = query.asOf() },
            body: APIOperation.Body(
                PolicyQuestion.init(_:), isOptional: true,
                examples: [
                    APIOperation.Example("new", "A new case", ["severity": "high", "category": "Billing"]),
                    APIOperation.Example(
                        "worse", "A case on record, were it critical", ["case_id": 1, "severity": "critical"]),
                ]),
            answer: .init(.document("PolicyPreview"), "The policy, and why.")),
        APIOperation(
            .get, "/v1/policies/{name}", "getPolicy", "Show a policy", query: .single,
            answer: .init(.resource("Policy"), "The policy.")),
        APIOperation(
            .put, "/v1/policies/{name}", "putPolicy", "Make a policy, or replace it as a whole",
            description: """
                What is left out has its default, but for the place: that of one that is there stays, and a new one comes \
                right before the policies of the severities, or before another one that is named. Of the policies of the \
                severities position, active and match stay as they are. It moves no promise that is already made.
                """,
            body: APIOperation.Body(
                PolicyChange.init(whole:),
                examples: [
                    APIOperation.Example(
                        "billing", "Hot cases about bills",
                        [
                            "match": ["category": ["Billing", "Fees"], "mood": ["angry", "abusive"]],
                            "acknowledge_in": "PT2H", "warn_ahead": "PT30M", "supervisor": "Ann Lee",
                        ])
                ]),
            answer: .init(.replaced("ChangedPolicy"), "The policy as it is now; 201 where it was just made.")),
        APIOperation(
            .patch, "/v1/policies/{name}", "editPolicy", "Edit a policy",
            description: """
                A JSON merge patch. It moves no promise that is already made. A rule is taken out of use by active: false; \
                nothing is deleted.
                """,
            body: APIOperation.Body(
                PolicyChange.init(_:),
                examples: [
                    APIOperation.Example(
                        "faster", "Acknowledge sooner", ["acknowledge_in": "PT4H", "warn_ahead": "PT1H"])
                ]),
            answer: .init(.resource("ChangedPolicy"), "The policy as it is now.")),
        APIOperation(
            .get, "/v1/policies/{name}/impact", "listPolicyImpact", "List promises that would be due otherwise by now",
            description: """
                What is unsettled of what the policy promised by itself, in cases whose policy it is now, and would be due at \
                another instant, or not be made, by what it is now. Nothing moves them. What came in by an import, or goes on \
                from a duplicate, is not among them.
                """,
            query: .list(.impact),
            answer: .init(.list("PolicyImpact"), "A page of them, the oldest due first.")),
    ]
}
