import CaseStore
import Complaints

extension JSONWriter {
    /// A token, without its secret: that is known to its bearer alone.
    mutating func write(_ token: Token) {
        object { $0.writeFields(of: token) }
    }

    mutating func writeFields(of token: Token) {
        member("id", token.id)
        member("name", token.name)
        member("role", token.role)
        member("created_at", token.createdAt)
        member("created_by", token.createdBy)
        member("expires_at", token.expiresAt)
        member("last_used_at", token.lastUsedAt)
        member("revoked_at", token.revokedAt)
        member("revoked_by", token.revokedBy)
    }
}

extension ListForm<Token> {
    static let tokens = ListForm(
        json: { json, token, _ in json.write(token) },
        columns: [
            CSVColumn("id") { .integer($0.id) },
            CSVColumn("name") { .text($0.name) },
            CSVColumn("role") { .word($0.role) },
            CSVColumn("created_at") { .instant($0.createdAt) },
            CSVColumn("created_by") { .text($0.createdBy) },
            CSVColumn("expires_at") { .instant($0.expiresAt) },
            CSVColumn("last_used_at") { .instant($0.lastUsedAt) },
            CSVColumn("revoked_at") { .instant($0.revokedAt) },
            CSVColumn("revoked_by") { .text($0.revokedBy) },
        ])
}
