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
        let service = call.service
        let form = try? Representation.negotiated(
            for: call.request.headerFields, offered: [ProblemPage.Form.json, .html])
        guard form == .html, let show = service.pages.shared else {
            var response = Response.json(try json(call, reader))
            response.headerFields[.referrerPolicy] = "no-referrer"
            response.headerFields[.robotsTag] = "noindex, nofollow"
            // It is read beside its secret.
            response.isCodable = false
            return response
        }
        let content: Result<JSONValue, PageProblem>
        var fields = HTTPFields()
        do {
            let bytes = try json(call, reader)
            guard let value = try? JSONParser.value(of: bytes) else { preconditionFailure("a page is JSON") }
            content = .success(value)
        } catch {
            let problem = service.problem(of: error, requestID: call.request.id)
            fields = problem.headerFields
            content = .failure(PageProblem(problem: problem))
        }
        var response = show(
            SharedView(content: content, now: service.store.time, zone: service.store.ownerRules.timeZone))
        for field in fields { response.headerFields.append(field) }
        return response
    }

    private static func json(_ call: Call, _ reader: Reader) throws -> [UInt8] {
        let shared = try reader.read { transaction -> LinkedPage in
            let share = try call.gate.share(call.captured[0], call.request, transaction)
            guard let read = try transaction.customerPage(ofCase: share.caseID) else {
                throw FailedAttempt.link.problem
            }
            return LinkedPage(page: read.page, expiresAt: share.expiresAt, contact: call.service.contact)
        }
        return JSONWriter.object(capacity: 4096) { $0.writeMembers(of: shared, LinkedPage.shown) }
    }

    /// Where the page of a link is.
    static func path(of secret: ShareSecret) -> String { "/c/\(secret.text)" }

    /// One that nobody has.
    static let exampleSecret = "abcdefghijklmnopqrstuvwxyz234567"
}

extension HTTPField.Name {
    /// Referrer Policy section 4.1.
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    /// What a search engine may do with an answer.
    static let robotsTag = HTTPField.Name("X-Robots-Tag")!
}
