import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// Links to the customer's page of a case (T21), and that page.
enum ShareRoutes {
    /// Makes a link. Its secret is in this answer alone, as a token's is.
    static func share(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .newShare(case: id, try call.body.read(ShareRequest.init(_:)), ShareSecret())
    }

    /// Takes every link to the page of a case back.
    static func unshare(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .cases(.unshare(case: id, try call.body.read(PlainRequests.unsharing)), .changedCase)
    }

    /// The page, for whoever has the link. What mailers and search engines hang on to a link means nothing, and is no fault of who
    /// follows it.
    static func page(_ call: Call, _ reader: Reader) throws -> Response {
        var response: Response
        do {
            let shared = try reader.read { transaction -> LinkedPage in
                let share = try call.gate.share(call.captured[0], call.request, transaction)
                guard let read = try transaction.customerPage(ofCase: share.caseID) else {
                    throw FailedAttempt.link.problem
                }
                return LinkedPage(page: read.page, expiresAt: share.expiresAt, contact: call.service.contact)
            }
            response = .json(JSONWriter.object(capacity: 4096) { $0.writeMembers(of: shared, LinkedPage.shown) })
        } catch {
            response = call.service.response(to: error, of: call.request)
        }
        response.keepToItself()
        return response
    }

    /// Where the page of a link is.
    static func path(of secret: ShareSecret) -> String { "/c/\(secret.text)" }

    /// One that nobody has.
    static let exampleSecret = "abcdefghijklmnopqrstuvwxyz234567"
}

extension Response {
    /// Has nobody keep or pass on what is behind a secret link: no cache, no search engine, no page that is gone to from it. It is
    /// not compressed, as it is read beside its secret.
    fileprivate mutating func keepToItself() {
        isCodable = false
        headerFields[.cacheControl] = "no-store"
        headerFields[.referrerPolicy] = "no-referrer"
        headerFields[.robotsTag] = "noindex, nofollow, noarchive"
    }
}

extension HTTPField.Name {
    /// Referrer Policy section 4.1.
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    /// What a search engine may do with an answer.
    static let robotsTag = HTTPField.Name("X-Robots-Tag")!
}
