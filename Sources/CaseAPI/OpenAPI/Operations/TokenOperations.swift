import Complaints
import HTTPTypes

/// `/v1/tokens`.
enum TokenOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/tokens", "listTokens", "List tokens", description: "Without their secrets, as of today.",
            query: .list(.tokens), answer: .init(.list("Token"), "A page of them.")),
        APIOperation(
            .post, "/v1/tokens", "createToken", "Make a token",
            description: "The first one is not made over HTTP (403), but with `casekeeper token create`.",
            body: APIOperation.Body(
                TokenRequest.init(_:),
                examples: [
                    APIOperation.Example(
                        "person", "For a person, for a while",
                        ["name": "Ann Lee", "role": "admin", "expires_in": "P90D"])
                ]),
            answer: .init(.created("DisclosedToken"), "The token with its secret, which is shown this once.")),
        APIOperation(
            .get, "/v1/tokens/{id}", "getToken", "Show a token", description: "Without its secret, as of today.",
            query: .current, answer: .init(.resource("Token"), "The token.")),
        APIOperation(
            .post, "/v1/tokens/{id}/revoke", "revokeToken", "Revoke a token",
            description: "Whoever comes with it is not let in from the next request on.",
            body: APIOperation.Body(
                PlainRequests.revocation, isOptional: true,
                examples: [APIOperation.Example("plain", "There is nothing to say", [:])]),
            answer: .init(.resource("Token"), "The token as it is now."), problems: [.adminTokenRequired]),
        APIOperation(
            .delete, "/v1/tokens/{id}/sessions/{session}", "endSession", "End a session of the board",
            description: "Whoever comes with its cookie has to log in again from the next request on.",
            body: APIOperation.Body(
                PlainRequests.sessionEnd, isOptional: true,
                examples: [APIOperation.Example("plain", "There is nothing to say", [:])]),
            answer: .init(.resource("Token"), "The token as it is now.")),
    ]
}
