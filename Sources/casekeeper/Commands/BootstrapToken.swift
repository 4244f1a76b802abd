import CaseStore
import Complaints
import Foundation
import Logging

/// The first token of a database that has none, for a container that nobody can run a command in beforehand.
struct BootstrapToken {
    /// A file is taken for a blank one up to so many bytes.
    private static let sizeLimit = 4096

    /// Holds the secret, or gets one written into it.
    let path: String
    /// The database's file, which it can't be.
    let database: String

    private var replaceable: PendingFile.Replaceable {
        .file("empty file") { descriptor in
            var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
            let count = pread(descriptor, &bytes, bytes.count, 0)
            return count >= 0 && count <= Self.sizeLimit
                && bytes[..<count].allSatisfy { $0 == 0x20 || (9...13).contains($0) }
        }
    }

    private var sources: FileNames { FileNames(ofDatabase: database) }

    /// Looks whether there is a secret in the file, or may be one, before a database is made for it.
    func check() throws {
        guard try readSecret() == nil else { return }
        try keeping {
            try PendingFile.check(path, replaceable, sources)
        }
    }

    /// What an operator should hear of the file.
    enum Note: Equatable {
        /// The token was made, and its secret has been written into the file.
        case written
        /// It makes no token, as the database has had one: some token of an admin is valid, but it is not the file's.
        case other
        /// The same, and no valid token is an admin's: tokens can't be made but on the machine itself.
        case noAdmin
    }

    /// Makes the `admin` token, unless the database has or had tokens: whoever revoked the last one meant it, and a file
    /// that is still there must not let them in again. The file is written before the database: should the process end
    /// between the two, the next start takes the secret from the file.
    ///
    /// - Returns: what is to be said; nothing when the file's token was taken or is valid.
    @discardableResult
    func install(in store: CaseStore) throws -> Note? {
        if let tokens = try tokens(of: store) { return note(tokens) }
        let given = try readSecret()
        let secret = try given ?? writeSecret()
        try store.write { transaction in
            _ = try transaction.createToken(name: "bootstrap", role: .admin, secret: secret, expiresAt: nil)
        }
        return given == nil ? .written : nil
    }

    /// Whether some token of an admin is valid, and whether the file's is; nil while there never was a token.
    private func tokens(of store: CaseStore) throws -> (hasAdmin: Bool, hasOwn: Bool)? {
        // What can't be read, or is no token, is none of them.
        let own = try? readSecret()
        return try store.makeReader().read { transaction in
            guard try transaction.hasTokens() else { return nil }
            let hasAdmin = try transaction.tokens().contains { $0.role == .admin && $0.isValid(at: transaction.asOf) }
            let hasOwn = try own.flatMap { try transaction.token($0) }?.isValid(at: transaction.asOf) ?? false
            return (hasAdmin, hasOwn)
        }
    }

    private func note(_ tokens: (hasAdmin: Bool, hasOwn: Bool)) -> Note? {
        tokens.hasOwn ? nil : tokens.hasAdmin ? .other : .noAdmin
    }

    private func readSecret() throws -> TokenSecret? {
        guard FileStatus(path) != nil else { return nil }
        let text: String
        do {
            let bytes = try InputFile.content(of: path, limit: Self.sizeLimit)
            guard bytes.count <= Self.sizeLimit, let content = String(bytes: bytes, encoding: .utf8)
            else {
                throw FileError(.read, path, reason: "it is no short text")
            }
            text = content.trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw CommandFailure(.configuration, "the bootstrap token file can't be read: \(error)")
        }
        if text.isEmpty { return nil }
        guard let secret = TokenSecret(text), Set(text).count >= 16 else {
            throw CommandFailure(
                .configuration,
                "\(path) holds no good token: ck_ and at least 43 random letters and digits; empty it to get one")
        }
        return secret
    }

    /// Into a new file that only its owner can read, so that nobody has it open from before.
    private func writeSecret() throws -> TokenSecret {
        let secret = TokenSecret()
        try keeping {
            var file = try OutputFile(at: path, replacing: replaceable, reading: sources)
            try file.write((secret.text + "\n").utf8)
            try file.place()
        }
        return secret
    }

    private func keeping(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw CommandFailure(
                .configuration, "the bootstrap token can't be kept: \(CommandFailure(error).message)")
        }
    }
}

extension Logger {
    /// Says where the secret of the first token is, or why the file has made none and what would.
    func log(_ note: BootstrapToken.Note, of file: String, _ tokenCommand: String) {
        switch note {
        case .written:
            notice(
                "the first admin token was made, and its secret written into the bootstrap token file",
                metadata: ["file": "\(DatabaseName.absolute(file))"])
        case .other:
            notice("the bootstrap token file is not used: the database has tokens already, and another one of an admin")
        case .noAdmin:
            warning(
                """
                the bootstrap token file is not used: the database has had tokens, and none of an admin is valid now; it \
                makes the first one only
                """, metadata: ["remedy": "\(tokenCommand)"])
        }
    }
}
