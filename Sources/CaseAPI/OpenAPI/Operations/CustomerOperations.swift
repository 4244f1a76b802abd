import HTTPTypes

/// `/v1/customers`.
enum CustomerOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/customers", "listCustomers", "List customers",
            query: [
                .externalID, .query("email", .name, "The whole address.", example: "ann@example.com"), .search,
            ] + Parameter.list(),
            answer: .init(.list("Customer"), "A page of them.")),
        APIOperation(
            .get, "/v1/customers/{id}", "getCustomer", "Show a customer", query: [.asOf],
            answer: .init(.resource("Customer"), "The customer.")),
        APIOperation(
            .patch, "/v1/customers/{id}", "editCustomer", "Edit a customer", description: "A JSON merge patch.",
            body: APIOperation.Body(
                schema: "CustomerEdit",
                examples: [
                    APIOperation.Example("reach", "Where to reach them", ["email": "ann@example.com", "phone": nil])
                ]),
            answer: .init(.resource("Customer"), "The customer as they are now."), problems: [.duplicateExternalID]),
        APIOperation(
            .get, "/v1/customers/{id}/cases", "listCustomerCases", "List a customer's cases",
            query: CaseOperations.filters(ofCustomer: true), answer: .init(.list("Case"), "A page of them."),
            problems: [.notFound]),
    ]
}
