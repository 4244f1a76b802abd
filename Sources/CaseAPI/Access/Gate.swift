import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

extension HTTPField.Name {
    /// Who acts, when several people share a token.
    static let actor = HTTPField.Name("Casekeeper-Actor")!
}

/// Finds out who asks, and whether they may.
struct Gate: Sendable {
    let protectedMode: ProtectedMode

    /// - Throws: 401 without a token that is valid, 403 for a role that is not enough, 400 for a name that can't be one.
    func admit(_ request: Request, as role: Role, _ transaction: ReadTransaction) throws -> Actor {
        let actor = try actor(request, transaction)
        guard actor.role >= role else {
            throw Problem(
                .forbidden, "This takes the role \(role.rawValue); the token's role is \(actor.role.rawValue).")
        }
        return actor
    }

    private func actor(_ request: Request, _ transaction: ReadTransaction) throws -> Actor {
        guard try transaction.hasTokens() else {
            try protectedMode.requireLocal(request)
            return Actor(name: try Self.actorName(request.headerFields) ?? "local", role: .admin)
        }
        guard let secret = Self.secret(request.headerFields), let token = try transaction.token(secret),
            token.isValid(at: transaction.asOf)
        else {
            // Which of the reasons it is, only the log's reader may know.
            var problem = Problem(
                .unauthenticated,
                "Send Authorization: Bearer ck_… with a token that is known, not expired and not revoked.")
            problem.headerFields[.wwwAuthenticate] = "Bearer"
            throw problem
        }
        return Actor(
            name: try Self.actorName(request.headerFields) ?? token.name, tokenID: token.id, tokenName: token.name,
            role: token.role)
    }

    /// RFC 6750 section 2.1; the scheme's name is compared without case.
    private static func secret(_ fields: HTTPFields) -> TokenSecret? {
        guard let credentials = fields[.authorization] else { return nil }
        let parts = credentials.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return TokenSecret(parts[1].trimmingSpaces)
    }

    private static func actorName(_ fields: HTTPFields) throws(Problem) -> String? {
        guard let text = fields[.actor] else { return nil }
        do throws(FieldFault) {
            guard fields[fields: .actor].allSatisfy(\.isUTF8) else {
                throw FieldFault(.invalidValue, "must be in UTF-8.")
            }
            let name = try TextRule.name.checked(text)
            let hasControl = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
            guard !hasControl, name.lowercased() != Actor.policy.name else {
                throw FieldFault(.invalidValue, "must be a person's name, without control characters.")
            }
            return name
        } catch {
            var issues = QueryIssues()
            issues.append(HTTPField.Name.actor.rawName, .invalidParameter, word: error.code, error.detail)
            throw issues.problem
        }
    }
}

extension HTTPField {
    /// Whether its bytes are UTF-8; what is not is replaced in `value`.
    fileprivate var isUTF8: Bool {
        withUnsafeBytesOfValue { String(validating: $0, as: UTF8.self) != nil }
    }
}
