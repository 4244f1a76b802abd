import Complaints
import HTTPTypes

/// Links to customers' pages, and these.
enum ShareOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .post, "/v1/cases/{id}/share", "shareCase", "Make a link to a case's page for its customer",
            description: """
                Whoever has the link sees that page without a token, and nothing else. Links that were made before stay good. The \
                entity tag is that of the entry in the log, where Location leads.
                """,
            body: APIOperation.Body(
                ShareRequest.init(_:), isOptional: true,
                examples: [APIOperation.Example("month", "For a month", ["expires_in": "P30D"])]),
            answer: .init(.created("DisclosedShare"), "The link, which is shown this once."),
            problems: [.tooManyLinks, .customerErased]),
        APIOperation(
            .delete, "/v1/cases/{id}/share", "unshareCase", "Take all links to a case's page back",
            description: "From then on they lead nowhere.",
            body: APIOperation.Body(
                PlainRequests.unsharing, isOptional: true,
                examples: [
                    APIOperation.Example("astray", "It went astray", ["reason": "The mail went to somebody else"])
                ]),
            answer: .init(.resource("Case"), "The case as it is now."), problems: [.customerErased]),
        APIOperation(
            .get, "/c/{secret}", "getLinkedPage", "The page of a case for its customer",
            description: """
                For whoever has the link, without a token; JSON, or a page for people. A link that was taken back or has ended is \
                404, as one that there never was; too many of these are 429.
                """,
            answer: .init(.page("LinkedPage"), "The page."), problems: [.notFound, .databaseDamaged]),
    ]
}
