import CaseStore
import Complaints
import HTTPTypes

/// `/v1/customers`.
enum CustomerOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/customers", "listCustomers", "List customers",
            query: .list(.customers, CustomerFilter.init(_:)), answer: .init(.list("Customer"), "A page of them.")),
        APIOperation(
            .get, "/v1/customers/{id}", "getCustomer", "Show a customer",
            description: "With what follows from all of their cases.",
            query: .single, answer: .init(.resource("CustomerRecord"), "The customer.")),
        APIOperation(
            .patch, "/v1/customers/{id}", "editCustomer", "Edit a customer", description: "A JSON merge patch.",
            body: APIOperation.Body(
                CustomerEdit.init(_:),
                examples: [
                    APIOperation.Example("reach", "Where to reach them", ["email": "ann@example.com", "phone": nil])
                ]),
            answer: .init(.resource("CustomerRecord"), "The customer as they are now."),
            problems: [.duplicateExternalID, .customerErased, .merged]),
        APIOperation(
            .get, "/v1/customers/{id}/cases", "listCustomerCases", "List a customer's cases",
            query: .list(.cases, CaseFilter.init(ofCustomer:)), answer: .init(.list("Case"), "A page of them."),
            problems: [.notFound]),
        APIOperation(
            .get, "/v1/customers/{id}/history", "listCustomerHistory", "List what happened with a customer",
            description: "The entries about them and all their cases, in the order of the hash chain: oldest first.",
            query: .list(.log, HistoryFilter.init(_:)), answer: .init(.list("LogEntry"), "A page of them."),
            problems: [.notFound]),
        APIOperation(
            .post, "/v1/customers/{id}/merge", "mergeCustomer", "Say that a customer is another one on record",
            description: """
                From then on they are seen in that one: their cases show who they are, and what is asked of either is answered \
                of both. No case is changed, and it can be taken back; as of an earlier instant they are two.
                """,
            body: APIOperation.Body(
                PlainRequests.merge,
                examples: [
                    APIOperation.Example(
                        "same", "They called from work", ["into": 2, "reason": "She says so herself."])
                ]),
            answer: .init(.resource("CustomerRecord"), "The customer, with merged_into."),
            problems: [.customerErased, .merged]),
        APIOperation(
            .delete, "/v1/customers/{id}/merge", "unmergeCustomer", "Take a merge back",
            description: "They are seen as themselves again, with their cases. Both steps stay in the logs.",
            body: APIOperation.Body(
                PlainRequests.unmerge, isOptional: true,
                examples: [APIOperation.Example("two", "They are two", ["reason": "A father and his son."])]),
            answer: .init(.resource("CustomerRecord"), "The customer as they are now."),
            problems: [.customerErased, .promisesUnsettled]),
        APIOperation(
            .post, "/v1/customers/{id}/erase", "eraseCustomer", "Erase what is personal of a customer",
            description: """
                Name, addresses and keys, and all free text in their cases, are replaced for good; what was promised by \
                when, and every instant, stays. From then on their cases take no changes. A second time changes nothing. Where the \
                words still stand beside the record, and for how long, is told in warnings.
                """,
            body: APIOperation.Body(
                PlainRequests.erasure,
                examples: [
                    APIOperation.Example("wish", "At their wish", ["reason": "At the customer's wish, by letter"])
                ]),
            answer: .init(.resource("ErasedCustomer"), "The customer as they are now."),
            problems: [.promisesUnsettled, .merged]),
    ]
}
